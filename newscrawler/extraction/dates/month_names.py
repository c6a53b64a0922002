"""Names of months and weekdays in the languages of the world, as written beside a day's number."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from newscrawler.extraction.dates.date_words import table
from newscrawler.extraction.dates.normalise import fold

GREGORIAN, JALALI, HIJRI = "gregorian", "jalali", "hijri"

_PREFIX = re.compile(r"^(?:de |d['’]|da |dhen |am |an |den )")


class Month(NamedTuple):
    """A month by its number in its calendar."""

    number: int
    calendar: str


class _Names(NamedTuple):
    months: dict[str, dict[Month, set[str]]]  # folded name -> month -> languages
    pairs: frozenset[str]  # first words of names of two words or three
    weekdays: dict[str, set[str]]  # folded word of a weekday's name -> languages


def _forms(columns: list[str]) -> list[list[str]]:
    return [[form for form in column.split("|") if form] for column in columns]


@cache
def _load() -> _Names:
    months: dict[str, dict[Month, set[str]]] = {}
    weekdays: dict[str, set[str]] = {}

    def add(language: str, calendar: str, columns: list[list[str]]) -> None:
        for number, forms in enumerate(columns, 1):
            for form in forms:
                name = " ".join(
                    fold(_PREFIX.sub("", form)).replace("'", " ").replace("’", " ").split()
                ).strip(".")
                if name and not any(char.isdigit() for char in name):
                    months.setdefault(name, {}).setdefault(Month(number, calendar), set()).add(language)

    cldr = files(__package__).joinpath("month_names.tsv").read_text(encoding="utf-8")
    for line in cldr.splitlines():
        language, *columns = line.split("\t")
        add(language, GREGORIAN, _forms(columns[:12]))
        for forms in _forms(columns[12:]):
            for word in re.split(r"[\s.'’-]+", " ".join(map(fold, forms))):
                if len(word) > 1:
                    weekdays.setdefault(word, set()).add(language)
    for source, calendar in (("months", GREGORIAN), ("jalali", JALALI), ("hijri", HIJRI)):
        for language, names in table(source).items():
            add(language, calendar, _forms(names.split(",")))
    pairs = frozenset(name.split()[0] for name in months if " " in name)
    return _Names(months, pairs, weekdays)


# Languages in which a tag's language is also written, or which share its month names.
_KIN = {
    "no": "nb",
    "nb": "no",
    "tl": "fil",
    "in": "id",
    "iw": "he",
    "sh": "hr",
    "prs": "fa",
    "mo": "ro",
    "bs": "hr",
}
_KIN |= {"cnr": "sr", "fa": "fa", "nn": "nb"}


def month_named(word: str, language: str | None = None) -> Month | None:
    """The month of a folded name; None for no month's name, or for one that is ambiguous between languages.

    With `language` (a primary subtag) that language's reading is preferred: its weekdays are no other language's
    months (`lun`, `sat`).
    """
    readings = _load().months.get(word)
    if readings is None and len(word) > 3 and word[0] in "בו":
        readings = _load().months.get(word[1:])  # Hebrew writes "in May" as one word
        if readings is not None and not any("he" in languages for languages in readings.values()):
            readings = None
    if readings is None:
        return None
    own = [month for month, languages in readings.items() if _is_among(language, languages)]
    if language is not None and not own and is_weekday(word, language):
        return None
    if len(readings) == 1:
        return next(iter(readings))
    return own[0] if len(own) == 1 else None


def _is_among(language: str | None, languages: set[str]) -> bool:
    """True when a language, or one written like it, is among some."""
    if language is None:
        return False
    spoken = (language, _KIN.get(language))
    return any(tag.partition("-")[0] in spoken for tag in languages)


def may_be_weekday(word: str, language: str | None) -> bool:
    """True for a folded month's name that may be a weekday's: `mar` is both in Spanish, `fre` in no language.

    Not one that is a month in `language` and no weekday there.
    """
    if not is_weekday(word):
        return False
    months = _load().months.get(word, {})
    return is_weekday(word, language) or not any(
        _is_among(language, languages) for languages in months.values()
    )


def may_be_month(word: str) -> bool:
    """True for a folded word that `month_named` or `may_begin_pair` may know; a quick test that most words fail."""
    names = _load()
    return word in names.months or word in names.pairs or word[0] in "בו"


def may_begin_pair(word: str) -> bool:
    """True for the first folded word of a month's name of two or three words."""
    return word in _load().pairs


def is_weekday(word: str, language: str | None = None) -> bool:
    """True for a folded word of a weekday's name in some language, or in the one given."""
    languages = _load().weekdays.get(word)
    return languages is not None and (language is None or _is_among(language, languages))
