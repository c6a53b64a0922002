"""The result of a fleet's run: `fleet-run.json`, and the exit code of all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawler.feeds.sheet_writer import write_whole
from newscrawler.fleet.local_fleet import LocalFleet
from newscrawler.fleet.site_crawl import CrawlState, SiteCrawl
from newscrawler.lock import ALREADY_RUNNING, FEED_FAILED

NAME = "fleet-run.json"
_FAILED, _BAD_ARGUMENTS, _UNHEALTHY = 1, 2, 3
_WORST_FIRST = (_FAILED, FEED_FAILED, _BAD_ARGUMENTS, _UNHEALTHY)


def exit_code(crawls: Sequence[SiteCrawl]) -> int:
    """The worst of the sites' exit codes: 1, 4, 2, 3; a site that was left out counts as 3.

    A site that another run crawls is well; 75 only where all are.
    """
    codes = {_UNHEALTHY if crawl.state is CrawlState.NOT_BEGUN else crawl.exit_code for crawl in crawls}
    if codes <= {0, ALREADY_RUNNING}:
        return 0 if 0 in codes else ALREADY_RUNNING
    return next((code for code in _WORST_FIRST if code in codes), _FAILED)


def fleet_result(fleet: LocalFleet) -> dict[str, Any]:
    """The result as plain values."""
    ends = Counter(crawl.state if crawl.exit_code is None else str(crawl.exit_code) for crawl in fleet.crawls)
    return {
        "exit_code": exit_code(fleet.crawls),
        "started": _iso(fleet.started),
        "finished": _iso(fleet.finished),
        "seconds": round((fleet.finished - fleet.started).total_seconds(), 1) if fleet.finished else None,
        "stopped_by": fleet.stopped_by,
        "jobs": fleet.jobs,
        "stories": sum(crawl.stories for crawl in fleet.crawls),
        "pages": sum(pages(crawl) for crawl in fleet.crawls),
        "ends": dict(sorted(ends.items())),
        "sites": [site_result(crawl) for crawl in fleet.crawls],
    }


def write_fleet_run(folder: Path, result: dict[str, Any]) -> Path:
    """Write the result in place of the last run's, and return its path. Raises OSError."""
    path = folder / NAME
    write_whole(path, json.dumps(result, indent=2, ensure_ascii=True).encode("ascii") + b"\n")
    return path


def pages(crawl: SiteCrawl) -> int:
    """Pages that the crawl read."""
    counted = crawl.result.get("pages")
    return sum(counted.values()) if counted else crawl.counts.pages


def site_result(crawl: SiteCrawl) -> dict[str, Any]:
    """The result of one site as plain values."""
    stories = crawl.result.get("stories") or {}
    return {
        "site": crawl.site.name,
        "argument": crawl.site.argument,
        "state": str(crawl.state),
        "exit_code": crawl.exit_code,
        "seconds": round(crawl.seconds, 1),
        "new": stories.get("new"),
        "revised": stories.get("revised"),
        "pages": pages(crawl),
        "problem": crawl.problem,
        "files": crawl.result.get("files") or [],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
