"""`output/<site>/last-run.json`: a run's result for programs, written whole when the run has ended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler

from newscrawler.arguments import Arguments
from newscrawler.crawl_state import state_of
from newscrawler.extensions.health import problems_of
from newscrawler.extensions.outcomes import OutcomeStats
from newscrawler.extensions.stop_signal import ended_by
from newscrawler.feeds.delivery import Delivery
from newscrawler.feeds.sheet_writer import write_whole
from newscrawler.outcome import Outcome

NAME = "last-run.json"
_EXAMPLES = 5  # of pages that were cut


def last_run_path(output_dir: str, site: str) -> Path:
    """Path of a site's file."""
    return Path(output_dir) / site / NAME


def write_last_run(path: Path, result: Mapping[str, Any]) -> None:
    """Write the file in place of the last run's. Raises OSError."""
    text = json.dumps(result, indent=2, ensure_ascii=True, default=str)
    write_whole(path, text.encode("ascii") + b"\n")


def mailed_before(path: Path) -> dict[str, Any] | None:
    """The last mail of earlier runs: `exit_code`, and `at`, ISO 8601; None when there was none, or it is unknown."""
    try:
        mailed = json.loads(path.read_bytes())["mailed"]
        datetime.fromisoformat(mailed["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dict(mailed)


def failed_result(site: str, exit_code: int, problem: str) -> dict[str, Any]:
    """The result of a run that could not begin."""
    now = _iso(datetime.now(UTC))
    return {"site": site, "exit_code": exit_code, "started": now, "finished": now, "problems": [problem]}


def run_result(crawler: Crawler, arguments: Arguments, exit_code: int) -> dict[str, Any]:
    """The result of a run as plain values; that of a run that could not start has few."""
    stats = crawler.stats.get_stats() if crawler.stats is not None else {}
    result: dict[str, Any] = {
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
    outcomes = crawler.get_extension(OutcomeStats) if stats else None
    if outcomes is not None:
        result |= _pages_and_stories(outcomes)
        result["given_up"] = [
            {"shape" if name == "url_pattern" else name: value for name, value in one._asdict().items()}
            for one in state_of(crawler).frontier.given_up()
        ]
    delivery = crawler.get_extension(Delivery) if stats else None
    result["files"] = [str(file) for file in delivery.files] if delivery is not None else []
    return result


def _pages_and_stories(outcomes: OutcomeStats) -> dict[str, Any]:
    counts = outcomes.counts
    dropped = {name: counts[name] for name in counts if name in _DROPS}
    return {
        "pages": dict(counts.most_common()),
        "examples": {
            name: [page._asdict() for page in pages]
            for name, pages in outcomes.examples.items()
            if name not in (Outcome.STORY, Outcome.LISTING, Outcome.NOT_MODIFIED)
        },
        "stories": {
            "new": outcomes.stories - outcomes.revised,
            "revised": outcomes.revised + counts[Outcome.REVISED],
            "dropped": dropped,
        },
        "coverage": {
            name: round(count / outcomes.stories, 4) for name, count in sorted(outcomes.coverage.items())
        },
        "body_chars_mean": round(outcomes.body_chars / outcomes.stories) if outcomes.stories else None,
        "seconds_by_part": {name: round(seconds, 3) for name, seconds in outcomes.parts.items()},
        "cut": {
            "pages": len(outcomes.cut),
            "examples": [{"url": url, "reason": why} for url, why in islice(outcomes.cut.items(), _EXAMPLES)],
        },
        "slowest": [
            {"url": url, "seconds": round(seconds, 3)} for seconds, url in sorted(outcomes.slowest)[::-1]
        ],
    }


_DROPS = frozenset({
    Outcome.DUPLICATE_TEXT, Outcome.DUPLICATE_TITLE, Outcome.INVALID, Outcome.NO_BODY, Outcome.OLDER,
    Outcome.OVER_LIMIT, Outcome.UNCHANGED, Outcome.DROPPED,
})  # fmt: skip


def _iso(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else None
