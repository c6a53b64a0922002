"""The patience of queues: parts of a site that never end cost few requests each, and no story."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import permutations

import pytest

from newscrawler.extraction.links.link import Link
from tests.discovery.simulated import ROOT, SimPage, SimSite, crawl

MOST = 25  # requests that a trap may cost

Trap = Callable[[str], list[tuple[str, str]]]


def endless_pages(path: str) -> list[tuple[str, str]]:
    """`?page=` counts on for ever, and always shows the same entries."""
    number = int(path.rpartition("=")[2]) if "=" in path else 1
    return [(f"/trap?page={number + 1}", "Next")]


def events(path: str) -> list[tuple[str, str]]:
    """Days with events on them: addresses and titles look like stories'."""
    day = int(path.rpartition("-")[2]) if path != "/trap" else 1
    return [
        (f"/trap/evening-of-music-in-the-hall-{n}", f"Evening of music in the hall {n}")
        for n in (day + 1, day + 2)
    ]


def sessions_in_paths(path: str) -> list[tuple[str, str]]:
    dice = random.Random(path)
    return [(f"/trap/s{dice.getrandbits(64):016x}/start", "Start") for _ in range(5)]


def facets_in_paths(path: str) -> list[tuple[str, str]]:
    words = ("red", "large", "cotton", "new", "cheap", "local")
    return [("/trap/" + "/".join(chosen), " ".join(chosen)) for chosen in permutations(words, 3)]


def subdomains(path: str) -> list[tuple[str, str]]:
    dice = random.Random(path)
    return [(f"//n{dice.getrandbits(32)}.example.org/trap", "A neighbour") for _ in range(5)]


def sorted_lists(path: str) -> list[tuple[str, str]]:
    names, ways = ("date", "title", "votes"), ("asc", "desc")
    return [
        (f"/trap?orderby={name}&dir={way}&n={n}", name) for name in names for way in ways for n in range(9)
    ]


class TrapSite(SimSite):
    trap: Trap

    def fetch(self, url: str) -> SimPage:
        if "/trap" not in url:
            return super().fetch(url)
        self.asked.append(url)
        links = self._chrome() + [self._link(story, "listing", n) for n, story in enumerate(self.shown[:5])]
        links += _links(self.trap("/" + url.split("/", 3)[3]))
        further = [link.url for link in links if "?page=" in link.url]
        return SimPage("other", links, further)

    def _chrome(self) -> list[Link]:
        return [Link(f"{ROOT}/trap", "More to find", None, None, "navigation", (), 0), *super()._chrome()]


def _links(named: list[tuple[str, str]]) -> list[Link]:
    place = "listing" if any(len(text) > 20 for _, text in named) else "other"
    urls = [f"https:{path}" if path.startswith("//") else ROOT + path for path, _ in named]
    return [Link(url, text, None, None, place, (), 99) for url, (_, text) in zip(urls, named, strict=True)]


@pytest.mark.parametrize(
    "trap", [endless_pages, events, sessions_in_paths, facets_in_paths, subdomains, sorted_lists],
    ids=lambda trap: trap.__name__,
)  # fmt: skip
@pytest.mark.parametrize("form", ["date", "slug"])
def test_a_trap_costs_little_and_hides_no_story(trap: Trap, form: str) -> None:
    site = TrapSite(form=form, stories=300)
    site.trap = staticmethod(trap)  # type: ignore[assignment]  # called with the path alone
    result = crawl(site)
    cost = sum("/trap" in url for url in site.asked)
    assert 1 <= cost <= MOST, f"{cost} requests, such as {[url for url in site.asked if '/trap' in url][-3:]}"
    assert len(result.found) == 300
