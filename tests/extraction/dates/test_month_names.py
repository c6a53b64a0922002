"""A weekday before or after a date is never taken for another month (`lun` is August somewhere, `sat` September)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import product

import pytest

from newscrawler.extraction import dates
from newscrawler.extraction.dates import parse_printed

PATTERNS = ("{weekday} 12 {month} 2022", "{weekday}, {month} 12, 2022", "12 {month} 2022 ({weekday})")
# Written with numbers, with marks that CLDR's list leaves out, or with a month's other case after a number.
IN_PART = frozenset(("gd", "lo", "mn", "th"))


def _languages() -> Iterator[tuple[str, list[list[str]], list[list[str]]]]:
    names = files(dates).joinpath("month_names.tsv").read_text("utf-8")
    for line in names.splitlines():
        language, *columns = line.split("\t")
        if language == "vi":  # its weekdays are numbers (`thứ 2`), and it writes no month before the day
            continue
        forms = [column.split("|") for column in columns]
        yield language, forms[:12], forms[12:]


LANGUAGES = {language: (months, weekdays) for language, months, weekdays in _languages()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_weekdays_are_no_months(language: str) -> None:
    months, weekdays = LANGUAGES[language]
    wrong = []
    for (number, names), days in product(enumerate(months, 1), weekdays):
        for month, weekday, pattern in product(names, days, PATTERNS):
            text = pattern.format(weekday=weekday, month=month)
            found = parse_printed(text, language=language.partition("-")[0])
            if found is None and language in IN_PART:
                continue
            if found is None or found.iso != date(2022, number, 12).isoformat():
                wrong.append(f"{text}: {found and found.iso}")
    assert not wrong


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("mar 12 mar 2022", "2022-03-12"),
        ("12 mar 2022", "2022-03-12"),
        ("Sat Mar 12 2022", "2022-03-12"),
        ("fre 12 des 2022", "2022-12-12"),
        ("5 mar 2022, lun 7 abr 2022", "2022-03-05"),
        ("12 арван нэгдүгээр сар 2022", "2022-11-12"),
    ],
)
def test_without_a_language_the_month_beside_it_tells(text: str, iso: str) -> None:
    found = parse_printed(text)
    assert found is not None
    assert found.iso == iso
