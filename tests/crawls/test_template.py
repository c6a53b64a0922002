"""A crawl knows what the pages of its site have in common before it delivers them."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.crawls.running import FAST, Crawl, crawl
from tests.crawls.scripted_site import ScriptedSite
from tests.extraction.template.generated_site import MASTHEAD, SLOGAN, headline, sentence, story_page

STORIES = range(24)
_ABOUT = ("reading-room", "jetty", "cellar", "garden-house")


def _html(text: str, head: str = "") -> tuple[int, dict[str, str], bytes]:
    return 200, {}, f"<html><head><title>{MASTHEAD}</title>{head}</head><body>{text}</body></html>".encode()


def _static(name: str) -> tuple[int, dict[str, str], bytes]:
    """A page that declares itself an article of some day, as a content management system does, and prints none."""
    dice = random.Random(name)
    text = "".join(f"<p>{sentence(dice)}</p>" for _ in range(9))
    heading = f"Welcome to the {name} of the harbour council in the old mill"
    return _html(
        f'<div class="top"><h1>{MASTHEAD}</h1></div>'
        f'<article class="entry"><h2>{heading}</h2><p class="byline">By Ada Crake</p>{text}</article>',
        '<meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="2024-02-{1 + len(name)}T10:00:00+00:00">',
    )


@pytest.fixture(scope="module")
def site() -> Iterator[ScriptedSite]:
    """A site whose masthead is the h1 of every page, with stories that are listed by date, and pages that are none."""
    site = ScriptedSite()
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in _ABOUT)
    listed = "".join(
        f'<li><span class="when">{1 + number % 28} March 2024</span> '
        f'<a href="/news/{70000 + number}/story">{headline(number)}</a></li>'
        for number in STORIES
    )
    site.pages["/"] = _html(f"<ul>{menu}</ul><h1>{MASTHEAD}</h1><ul>{listed}</ul>")
    for number in STORIES:
        site.pages[f"/news/{70000 + number}/story"] = 200, {}, story_page(number)
    for name in _ABOUT:
        site.pages[f"/{name}"] = _static(name)
    yield site
    site.stop()


@pytest.fixture(scope="module")
def first(site: ScriptedSite, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    return crawl(tmp_path_factory.mktemp("first"), "-a", f"url={site.url}/")


def test_stories_under_one_masthead_are_delivered_each_with_its_own_headline(first: Crawl) -> None:
    assert first.code == 0, first.told()
    assert sorted(story["title"] for story in first.stories) == sorted(map(headline, STORIES)), first.told()
    assert {story["sources"]["title"] for story in first.stories} == {"template"}


def test_lines_that_pages_share_are_in_no_body(first: Crawl) -> None:
    bodies = [story["body"] for story in first.stories]
    assert not [body for body in bodies if SLOGAN in body or "Notice" in body]
    assert min(map(len, bodies)) > 400, "no line of a story's own is left out"


def test_undated_pages_are_recorded_and_not_delivered(first: Crawl) -> None:
    assert f"{len(_ABOUT)}  undated-page" in first.told()


def test_all_stories_may_be_wanted(site: ScriptedSite, tmp_path) -> None:
    everything = crawl(tmp_path, "-a", f"url={site.url}/", settings={**FAST, "STORIES": "all"})
    assert everything.code == 0, everything.told()
    assert len(everything.stories) == len(STORIES) + len(_ABOUT), everything.told()


def test_few_held_pages_are_enough(site: ScriptedSite, first: Crawl, tmp_path) -> None:
    few = crawl(tmp_path, "-a", f"url={site.url}/", settings={**FAST, "HELD_PAGES": 14})
    assert few.code == 0, few.told()
    assert sorted(story["url"] for story in few.stories) == sorted(story["url"] for story in first.stories)
