import pytest

from newscrawler.fleet.fleet_result import exit_code
from newscrawler.fleet.site_crawl import CrawlState, SiteCrawl
from newscrawler.fleet.site_list import ListedSite


@pytest.mark.parametrize(
    ("codes", "worst"),
    [
        ([0, 0], 0),
        ([0, 75], 0),
        ([75, 75], 75),
        ([0, 3, 75], 3),
        ([3, 2], 2),
        ([3, 2, 4], 4),
        ([4, 1, 0], 1),
        ([0, None], 3),
        ([0, 99], 1),
    ],
)
def test_the_worst_code_counts(codes, worst):
    crawls = [
        SiteCrawl(
            ListedSite(str(place), ""), CrawlState.NOT_BEGUN if code is None else CrawlState.ENDED, code
        )
        for place, code in enumerate(codes)
    ]
    assert exit_code(crawls) == worst
