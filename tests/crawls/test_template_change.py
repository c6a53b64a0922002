"""A site's template changes: no wrong field, health names it, the next run has learned the new one."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator

import pytest

from tests.crawls.running import FAST, Crawl, crawl
from tests.crawls.scripted_site import ScriptedSite
from tests.extraction.template.generated_site import MASTHEAD, SLOGAN, headline, sentence, story_page

_OLD, _NEW, _NEXT = range(36), range(36, 62), range(62, 70)


def _redesigned(number: int) -> bytes:
    """A story in the new template: what was the text's element holds another story's beginning now."""
    dice = random.Random(number)
    text = "".join(f"<p>{sentence(dice)}</p>" for _ in range(6))
    teaser = sentence(random.Random(f"teaser {number}"))
    return f"""<html><head><title>{headline(number)} – {MASTHEAD}</title></head><body class="single">
<header class="bar"><a href="/">{MASTHEAD}</a></header><article class="piece"><h1 class="head">{headline(number)}</h1>
<p class="day">{1 + number % 28} March 2024</p><div class="prose">{text}</div></article>
<div class="content"><h3>Read next</h3><p class="when">3 April 2023</p><a href="/news/70001/story">{teaser}</a></div>
<footer><p>{SLOGAN}</p></footer></body></html>""".encode()


def _print(site: ScriptedSite, old: Iterable[int], new: Iterable[int]) -> None:
    for number in old:
        site.pages[f"/news/{70000 + number}/story"] = 200, {}, story_page(number)
    for number in new:
        site.pages[f"/news/{70000 + number}/story"] = 200, {}, _redesigned(number)
    listed = "".join(
        f'<li><span class="when">{1 + number % 28} March 2024</span> '
        f'<a href="/news/{70000 + number}/story">{headline(number)}</a></li>'
        for number in [*old, *new]
    )
    site.pages["/"] = (
        200,
        {},
        f"<html><title>{MASTHEAD}</title><body><ul>{listed}</ul></body></html>".encode(),
    )


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[Crawl, dict[str, object]]]]:
    """Three runs: in the old template, with stories of a new one, and with more of these."""
    site = ScriptedSite()
    folder = tmp_path_factory.mktemp("change")
    done = []
    for old, new in ((_OLD, ()), (_OLD, _NEW), (_OLD, [*_NEW, *_NEXT])):
        _print(site, old, new)
        run = crawl(folder, "-a", f"url={site.url}/", settings={**FAST, "REVISIT_DAYS": 0.000001})
        (last,) = folder.rglob("last-run.json")
        done.append((run, json.loads(last.read_text("utf-8"))))
    yield done
    site.stop()


def test_no_field_is_wrong(runs: list[tuple[Crawl, dict[str, object]]]) -> None:
    stories = runs[-1][0].stories
    titles = sorted(story["title"] for story in stories)
    assert titles == sorted(map(headline, [*_OLD, *_NEW, *_NEXT])), runs[1][0].told()
    for story in stories:
        number = int(story["url"].split("/")[-2]) - 70000
        assert story["title"] == headline(number)
        assert story["published"].startswith(f"2024-03-{1 + number % 28:02}"), story["url"]
        assert SLOGAN not in story["body"]
        assert sentence(random.Random(f"teaser {number}")) not in story["body"]
        assert story["body"].count(", said clerk") == 6


def test_health_names_the_change_once(runs: list[tuple[Crawl, dict[str, object]]]) -> None:
    (first, _), (second, last), (third, _) = runs
    assert "template has changed" not in first.told()
    assert "template has changed" in second.told()
    assert "template has changed" in json.dumps(last)
    assert second.code == 3, second.told()
    assert "template has changed" not in third.told(), "the new one is learned"
