"""The story's language: declared, by script, by words."""

from __future__ import annotations

import pytest

from newscrawler.extraction.fields.language import find_language, normal_tag
from tests.extraction.pages import page

ENGLISH = (
    "The mayor said on Monday that the bridge would be rebuilt before the winter, and that the work on it was to begin "
    "in a week or two. For those who live by the river it has been a long time."
)
GERMAN = (
    "Die alte Brücke über den Fluss ist am Montag wieder geöffnet worden, zwei Jahre nachdem ein Hochwasser zwei ihrer "
    "Pfeiler mit sich gerissen hatte. Das ist nicht allen recht."
)


@pytest.mark.parametrize(
    ("lang", "text", "language"),
    [
        ("de_AT", "Die Brücke ist wieder offen", "de-AT"),
        ("en", "پل قدیمی شهر پس از چهار ماه دوباره باز شد", "fa"),
        ("en", "다리가 넉 달 만에 다시 열렸다고 시가 밝혔다", "ko"),
        ("en", "橋が四か月ぶりに再び開通したと市が発表した", "ja"),
        ("ru", "Мост снова открыт для всех жителей города", "ru"),
        ("ar", "The bridge is open again for everybody", None),
        ("", "The bridge is open again for everybody", None),
        ("", ENGLISH, "en"),
        ("de-DE", ENGLISH, "en"),
        ("en-GB", ENGLISH, "en-GB"),
        ("en-US", GERMAN, "de"),
        ("pt", ENGLISH[:60], "pt"),
    ],
)
def test_language(lang: str, text: str, language: str | None) -> None:
    assert find_language(page(lang=lang), text).value == language


@pytest.mark.parametrize(
    ("declared", "tag"), [("EN_us", "en-US"), ("zh-hant-tw", "zh-Hant-TW"), ("english", None), ("", None)]
)
def test_language_tags(declared: str, tag: str | None) -> None:
    assert normal_tag(declared) == tag
