"""The scheduler in a real crawl of a real server: its own spider, so that nothing else is tested here."""

import json
import subprocess
import sys
from pathlib import Path

from tests.newssite import NewsSite, Status


def crawled(site: NewsSite) -> dict[str, dict[str, int]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.small_crawl", site.url],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=Path(__file__).parents[1],
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert not done.stderr.strip(), done.stderr[-2000:]
    answer: dict[str, dict[str, int]] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_a_crawl_is_served_from_the_frontier_and_ends() -> None:
    with NewsSite(60, "slug", traps=("depth", "facets")) as site:
        site.fault("/politics/", Status(503), times=1)
        answer = crawled(site)
        assert sorted(answer["stories"]) == sorted(site.truth())
        stats = answer["stats"]
        assert stats["finish_reason"] == "finished"
        assert stats["frontier/dequeued"] + stats["frontier/direct"] == stats["downloader/request_count"]
        # Two robots.txt are one request, the 503 is asked for again: both past the frontier.
        assert stats["frontier/direct"] == 2
        assert stats["retry/count"] == 1
        assert stats["frontier/stories"] == 60
        assert stats["frontier/refused/sorted"] >= 1
        assert max(site.fetches().values()) <= 2
        assert site.trap_requests()["depth"] <= 25
