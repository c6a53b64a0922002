"""`output/<site>/last-run.json`: a run's account for programs, written whole when the run has ended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler

from newscrawler.arguments import Arguments
from newscrawler.extensions.health import problems_of
from newscrawler.extensions.outcomes import OutcomeStats
from newscrawler.extensions.stop_signal import ended_by
from newscrawler.feeds.delivery import Delivery
from newscrawler.feeds.sheet_writer import write_whole

NAME = "last-run.json"


def last_run_path(output_dir: str, site: str) -> Path:
    """Where a site's file is."""
    return Path(output_dir) / site / NAME


def write_last_run(path: Path, told: Mapping[str, Any]) -> None:
    """Write the file in place of the last run's. Raises OSError."""
    text = json.dumps(told, indent=2, ensure_ascii=True, default=str)
    write_whole(path, text.encode("ascii") + b"\n")


def mailed_before(path: Path) -> dict[str, Any] | None:
    """What earlier runs mailed last: `exit_code`, and `at`, ISO 8601; None when they did not, or nobody knows."""
    try:
        mailed = json.loads(path.read_bytes())["mailed"]
        datetime.fromisoformat(mailed["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dict(mailed)


def failure(site: str, exit_code: int, problem: str) -> dict[str, Any]:
    """What there is to say of a run that could not begin."""
    now = _iso(datetime.now(UTC))
    return {"site": site, "exit_code": exit_code, "started": now, "finished": now, "problems": [problem]}


def facts(crawler: Crawler, arguments: Arguments, exit_code: int) -> dict[str, Any]:
    """What there is to say of a run, as plain values; a run that could not start has little."""
    stats = crawler.stats.get_stats() if crawler.stats is not None else {}
    told: dict[str, Any] = {
        "site": arguments.site.name,
        "exit_code": exit_code,
        "started": _iso(stats.get("start_time")),
        "finished": _iso(stats.get("finish_time") or datetime.now(UTC)),
        "seconds": round(stats.get("elapsed_time_seconds", 0.0), 3),
        "ended": (ended_by(crawler) if stats else None) or stats.get("finish_reason"),
        "problems": problems_of(crawler),
        "requests": stats.get("downloader/request_count", 0),
        "bytes_received": stats.get("downloader/response_bytes", 0),
        "shown_in_browser": stats.get("browser/pages", 0),
    }
    account = crawler.get_extension(OutcomeStats) if stats else None
    if account is not None:
        told |= _account(account)
    frontier = getattr(crawler.spider, "frontier", None)
    if frontier is not None:
        told["given_up"] = [
            {"shape" if name == "url_pattern" else name: value for name, value in one._asdict().items()}
            for one in frontier.given_up()
        ]
    delivery = crawler.get_extension(Delivery) if stats else None
    told["files"] = [str(file) for file in delivery.files] if delivery is not None else []
    return told


def _account(account: OutcomeStats) -> dict[str, Any]:
    outcomes = account.outcomes
    dropped = {name: outcomes[name] for name in outcomes if name in _DROPS}
    return {
        "pages": dict(outcomes.most_common()),
        "examples": {
            name: [ending._asdict() for ending in endings]
            for name, endings in account.examples.items()
            if name not in ("story", "listing", "not-modified")
        },
        "stories": {
            "new": account.stories - account.revised,
            "revised": account.revised + outcomes["revised"],
            "dropped": dropped,
        },
        "coverage": {
            name: round(count / account.stories, 4) for name, count in sorted(account.coverage.items())
        },
        "body_chars_mean": round(account.body_chars / account.stories) if account.stories else None,
        "seconds_by_part": {name: round(seconds, 3) for name, seconds in account.parts.items()},
        "slowest": [
            {"url": url, "seconds": round(seconds, 3)} for seconds, url in sorted(account.slowest)[::-1]
        ],
    }


_DROPS = frozenset({"duplicate-title", "invalid", "no-body", "older", "over-limit", "unchanged", "dropped"})


def _iso(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else None
