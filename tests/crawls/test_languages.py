"""A site in several languages: the start URL's alone, unless others are asked for."""

from __future__ import annotations

import pytest

from tests.crawls.running import crawl
from tests.crawls.small_site import Pages, listing_page, serving, story_page

LANGUAGES = ("en", "fa", "ar")


def path_of(language: str) -> str:
    return f"/{language}/news/1000{LANGUAGES.index(language)}/ferry-leaves-the-old-harbour"


def pages(base: str) -> Pages:
    head = "".join(f'<link rel="alternate" hreflang="{code}" href="/{code}/">' for code in LANGUAGES)
    menu = "<nav>" + "".join(f'<a href="/{code}/">{code}</a>' for code in LANGUAGES) + "</nav>"
    titles = {code: f"Ferry {code.upper()} leaves the old harbour on time" for code in LANGUAGES}
    entries = [(path_of(code), title) for code, title in titles.items()]
    fronts = {f"/{code}/": listing_page(entries, head, menu, code) for code in LANGUAGES}
    return fronts | {path_of(code): story_page(title, code) for code, title in titles.items()}


@pytest.mark.parametrize(
    ("words", "languages"),
    [((), {"en"}), (("-a", "languages=fa"), {"en", "fa"}), (("-a", "languages=all"), {"en", "fa", "ar"})],
    ids=["none", "fa", "all"],
)
def test_languages(tmp_path, words, languages):
    with serving(pages) as (base, server):
        run = crawl(tmp_path, "-a", f"url={base}/en/", *words)
        assert run.code == 0, run.told()
        assert {story["url"].removeprefix(base)[1:3] for story in run.stories} == languages
        asked = {request.path[1:3] for request in server.log} & set(LANGUAGES)
        assert asked == languages, "pages of a language that was not asked for were fetched"
