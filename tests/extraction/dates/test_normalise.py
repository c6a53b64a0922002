"""Letters and digits of all scripts in one form."""

from __future__ import annotations

import pytest

from newscrawler.extraction.dates.normalise import fold, has_persian_digits, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [("۱۴۰۳", "1403"), ("٢٠٢٤／٥", "2024/5"), ("3\u00a0–\u00a04", "3 - 4"), ("３０", "30")],
)
def test_plain_keeps_positions(text: str, expected: str) -> None:
    assert plain(text) == expected
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(("one", "other"), [("Março", "marco"), ("MÄRZ", "marz"), ("يونيو", "یونیو")])
def test_folded_words_compare(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_persian_digits() -> None:
    assert has_persian_digits("۳ مه")
    assert not has_persian_digits("٣ مايو")
