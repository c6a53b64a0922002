"""Write the names of months and weekdays of languages into newscrawler/extraction/dates/month_names.tsv.

    python benchmarks/make_month_names.py CODE...

They are CLDR's, by `babel` (requirements-dev.txt). A language has one line: its code, then twelve columns of months
and seven of weekdays, Monday first; the names within a column are joined with `|`. Other languages' lines stay as they
are. Forms that CLDR does not know are in date_words.toml.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel import Locale, localedata

TARGET = Path(__file__).parent.parent / "newscrawler/extraction/dates/month_names.tsv"


def _names(locale: str, kind: str, number: int) -> list[str]:
    """Every written form, longest first."""
    localedata._cache.clear()  # Babel 2.18's aliases otherwise answer with another locale's names
    table = getattr(Locale.parse(locale), kind)
    found: set[str] = set()
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            name = str(table[context][width].get(number, "")).strip().rstrip(".").casefold()
            if len(name) > 1 and not name[0].isdigit():
                found.add(name)
    return sorted(found, key=lambda name: (-len(name), name))


def main(codes: list[str]) -> None:
    lines = {line.partition("\t")[0]: line for line in TARGET.read_text("utf-8").splitlines()}
    for code in codes:
        locale = code.replace("-", "_")
        columns = [code.lower()]
        columns += ["|".join(_names(locale, "months", number)) for number in range(1, 13)]
        columns += ["|".join(_names(locale, "days", number)) for number in range(7)]
        lines[columns[0]] = "\t".join(columns)
    TARGET.write_text("\n".join(lines.values()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
