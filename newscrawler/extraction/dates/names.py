"""Names of months and weekdays in the languages of the world, as they stand beside a day's number."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from newscrawler.extraction.dates.words import table
from newscrawler.extraction.dates.writing import fold

GREGORIAN, JALALI, HIJRI = "gregorian", "jalali", "hijri"

_PREFIX = re.compile(r"^(?:de |d['’]|da |dhen |am |an |den )")


class Month(NamedTuple):
    """A month by its number in its calendar."""

    number: int
    calendar: str


class _Names(NamedTuple):
    months: dict[str, dict[Month, set[str]]]  # folded name -> month -> languages
    pairs: frozenset[str]  # first words of names of two words
    weekdays: frozenset[str]


def _forms(columns: list[str]) -> list[list[str]]:
    return [[form for form in column.split("|") if form] for column in columns]


@cache
def _load() -> _Names:
    months: dict[str, dict[Month, set[str]]] = {}
    weekdays: set[str] = set()

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
            weekdays.update(
                word for form in forms for word in re.split(r"[\s.'’-]+", fold(form)) if len(word) > 1
            )
    for source, calendar in (("months", GREGORIAN), ("jalali", JALALI), ("hijri", HIJRI)):
        for language, names in table(source).items():
            add(language, calendar, _forms(names.split(",")))
    pairs = frozenset(name.split()[0] for name in months if " " in name)
    return _Names(months, pairs, frozenset(weekdays))


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
    """The month that a folded name stands for; None when it is none, or another one in another language.

    With `language` (a primary subtag) that language's reading is preferred.
    """
    readings = _load().months.get(word)
    if readings is None and len(word) > 3 and word[0] in "בו":
        readings = _load().months.get(word[1:])  # Hebrew writes "in May" as one word
        if readings is not None and not any("he" in languages for languages in readings.values()):
            readings = None
    if readings is None:
        return None
    if len(readings) == 1:
        return next(iter(readings))
    if language is not None:
        spoken = {language, _KIN.get(language, language)}
        own = [
            month
            for month, languages in readings.items()
            if any(tag.split("-")[0] in spoken for tag in languages)
        ]
        if len(own) == 1:
            return own[0]
    return None


def may_be_month(word: str) -> bool:
    """Whether `month_named` or `may_begin_pair` can know a folded word: most words are told apart by this alone."""
    names = _load()
    return word in names.months or word in names.pairs or word[0] in "בו"


def may_begin_pair(word: str) -> bool:
    """Whether a folded word is the first of a month's name of two words."""
    return word in _load().pairs


def is_weekday(word: str) -> bool:
    """Whether a folded word is, or belongs to, the name of a weekday in some language."""
    return word in _load().weekdays
