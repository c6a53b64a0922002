"""What pages declare as their address is believed where it can be true: no story is lost, none fetched twice."""

from __future__ import annotations

import pytest

from tests.crawls.running import FAST, crawl
from tests.crawls.small_site import Pages, listing_page, serving, story_page

TOPICS = (
    "ferry", "bridge", "museum", "orchard", "lantern", "glacier", "harbour", "market", "school", "theatre", "tram",
    "garden", "library", "quarry", "stadium", "chapel", "canal", "bakery", "airport", "forest",
)  # fmt: skip
TITLES = {
    f"/news/{topic}-is-the-talk-of-the-town": f"The {topic} is the talk of the town again" for topic in TOPICS
}
LAST = list(TITLES)[-1]
# Without any delay, all that waits would be asked for at once.
ONE_BY_ONE = {**FAST, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0.01}


def declaring(canonical: dict[str, str]) -> Pages:
    """A site whose story at each path declares the address that is named here."""
    pages: Pages = {
        path: story_page(
            title, head=f'<link rel="canonical" href="{canonical[path]}">' if path in canonical else ""
        )
        for path, title in TITLES.items()
    }
    return {"/": listing_page(list(TITLES.items())), **pages}


@pytest.mark.parametrize(
    "canonical", ["/", "/news", "https://elsewhere.example/news/x", LAST, "http://[bad"],
    ids=["front", "section", "elsewhere", "one story", "malformed"],
)  # fmt: skip
def test_a_template_s_mistake_loses_no_story(tmp_path, canonical):
    with serving(lambda base: declaring(dict.fromkeys(TITLES, canonical))) as (base, _):
        run = crawl(tmp_path, "-a", f"url={base}/", settings=ONE_BY_ONE)
        assert run.code == 0, run.told()
        assert {story["title"] for story in run.stories} == set(TITLES.values()), run.told()


def test_a_twin_that_names_its_original_is_no_story_of_its_own(tmp_path):
    """A second address of each story, of another form, that says which one is the first."""
    twins = {f"/amp-pages/{path.rpartition('/')[2]}-x": path for path in TITLES}

    def make(base: str) -> Pages:
        pages = declaring({path: path for path in TITLES})
        for twin, path in twins.items():
            pages[twin] = story_page(TITLES[path], head=f'<link rel="canonical" href="{base}{path}">')
        pages["/"] = listing_page([*((twin, TITLES[path]) for twin, path in twins.items()), *TITLES.items()])
        return pages

    with serving(make) as (base, _):
        run = crawl(tmp_path, "-a", f"url={base}/", settings=ONE_BY_ONE)
        assert sorted(story["title"] for story in run.stories) == sorted(TITLES.values()), run.told()
