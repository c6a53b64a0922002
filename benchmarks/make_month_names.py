"""Write newscrawler/extraction/dates/month_names.tsv from CLDR (needs `babel`, see requirements-dev.txt).

    python benchmarks/make_month_names.py

One line per language: the code, then twelve columns of month names and seven of weekday names (Monday first);
the names within a column are joined with `|`. Names only: forms that CLDR does not know stand in words.toml.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale, localedata

LANGUAGES = """
    af ar ast az be bg bn br bs ca ceb cs cy da de el en es et eu fa fi fil fo fr fy ga gd gl gu ha he
    hi hr hu hy id is it ka kk km kn ky lb lo lt lv mk ml mn mr ms my nb ne nl nn pa pl ps pt rm ro ru
    sc si sk sl so sq sr sr_Latn sv sw ta te tg th tk tr tt uk ur uz uz_Cyrl vi yo zu
"""
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


def main() -> None:
    lines = []
    for locale in LANGUAGES.split():
        columns = [locale.replace("_", "-").lower()]
        columns += ["|".join(_names(locale, "months", number)) for number in range(1, 13)]
        columns += ["|".join(_names(locale, "days", number)) for number in range(7)]
        lines.append("\t".join(columns))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
