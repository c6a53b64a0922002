"""Story codes in URLs and behind labels."""

from __future__ import annotations

import pytest

from newscrawler.extraction.fields.story_code import find_story_code
from newscrawler.extraction.html.selectors import Selectors
from tests.extraction.pages import page

NO_SELECTORS = Selectors()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://a.org/en/news/983389/slug-of-words", "983389"),
        ("https://a.org/2024/05/03/slug-of-words", None),
        ("https://a.org/20240503/slug", None),
        ("https://a.org/slug-of-words-35200132.html", "35200132"),
        ("https://a.org/win-1000000-today", None),
    ],
)
def test_story_code_in_the_url(url: str, code: str | None) -> None:
    assert find_story_code(page(url=url), NO_SELECTORS).value == code


def test_story_code_by_its_label_in_persian() -> None:
    assert (
        find_story_code(
            page("<div><span>کد خبر:</span> <b>۹۸۳۳۸۹</b></div>", url="https://a.org/x"), NO_SELECTORS
        ).value
        == "983389"
    )
