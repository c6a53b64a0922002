"""Comparison of a run with the site's own earlier runs: what fell, in numbers and with examples.

A site that changed its layout answers as always; only what is read from it is less. Counts are compared by how unlikely
they are if nothing changed (a one-sided binomial test), so that a run with few new stories raises no false alarm.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from newscrawler.journal.models import Run
from newscrawler.outcome import Outcome, http_outcome

_ENOUGH_NOW, _ENOUGH_PAST = 5, 20  # stories (or pages) before shares of them are compared
_UNLIKELY = 0.001  # chance of a share this low (or high) if nothing had changed
_LEAST_FALL = 0.2  # shares that differ by less are not reported, however sure
_BODIES_NOW = 10  # stories before their mean length says anything
_SHORT = 0.5  # of the usual length
_MISSED = 20.0  # stories that should have come by now when none did
_LEAST_SILENCE = timedelta(hours=24)  # nights are quiet anywhere
_LEAST_PAST = timedelta(days=2)  # of regular runs, before a pace is known
_EXAMPLES = 3

_UNREAD_NOW = 8  # pages without a story before their share says anything: a quiet run meets some odd pages

# Pages that hold no story though they may be meant to: what a changed layout leaves of one.
UNREAD = frozenset({Outcome.NO_BODY, Outcome.NO_TITLE, Outcome.NO_STORY_SIGNS})
BLOCKED = frozenset(
    {Outcome.BLOCKED, Outcome.LOGIN_WALL, Outcome.CONSENT_WALL, *map(http_outcome, (401, 403, 429))}
)


@dataclass(frozen=True)
class Measures:
    """Measures that runs are compared by. `limited`: the run was not asked for all that is new."""

    at: datetime
    outcomes: Mapping[str, int]
    stories: int = 0
    coverage: Mapping[str, int] = field(default_factory=dict)  # stories that have the field
    body_chars: int = 0
    limited: bool = False

    @property
    def pages(self) -> int:
        return sum(self.outcomes.values())

    @property
    def blocked(self) -> int:
        return sum(self.outcomes.get(name, 0) for name in BLOCKED)

    @property
    def unread(self) -> int:
        return sum(self.outcomes.get(name, 0) for name in UNREAD)

    def as_counts(self) -> dict[str, Any]:
        """The measures as the journal keeps them with the run."""
        return {"stories": self.stories, "coverage": dict(self.coverage), "body_chars": self.body_chars}


def measures_of(run: Run) -> Measures | None:
    """Measures of an earlier run; None when it kept none, did not end by itself, or was unhealthy."""
    kept = run.counts.get("measures")
    if run.state != "finished" or not isinstance(kept, dict) or kept.get("ill"):
        return None
    outcomes = {name: count for name, count in run.counts.items() if isinstance(count, int)}
    arguments = run.arguments
    limited = bool(arguments.get("max_stories") or arguments.get("since") or arguments.get("again"))
    return Measures(run.started, outcomes, kept["stories"], kept["coverage"], kept["body_chars"], limited)


def compare(
    now: Measures,
    past: Sequence[Measures],
    missing: Mapping[str, Sequence[str]] = {},
    unread: Sequence[str] = (),
) -> list[str]:
    """Compare: one sentence for each measure that fell; empty when all is as usual or too little is known.

    `past`: earlier runs, the newest first. For examples: `missing` has addresses of this run's stories by the field
    that they lack, `unread` those of pages without a story.
    """
    fell = [*_fields(now, past, missing), *_unread(now, past, unread), *_bodies(now, past)]
    return [*fell, *_blocked(now, past), *_pace(now, past)]


def _fields(now: Measures, past: Sequence[Measures], missing: Mapping[str, Sequence[str]]) -> list[str]:
    before = sum(run.stories for run in past)
    if now.stories < _ENOUGH_NOW or before < _ENOUGH_PAST:
        return []
    fell = []
    names = {name for run in past for name in run.coverage}
    for name in sorted(names):
        had, usual = now.coverage.get(name, 0), sum(run.coverage.get(name, 0) for run in past) / before
        if usual - had / now.stories >= _LEAST_FALL and _at_most(had, now.stories, usual) < _UNLIKELY:
            fell.append(
                f"{name}: {had} of {now.stories} stories have it, usually {usual:.0%}"
                + _as(missing.get(name, ()))
            )
    return fell


def _unread(now: Measures, past: Sequence[Measures], examples: Sequence[str]) -> list[str]:
    before = sum(run.unread + run.stories for run in past)
    usual = sum(run.unread for run in past) / before if before else 0.0
    pages = now.unread + now.stories
    if before < _ENOUGH_PAST or now.unread < _UNREAD_NOW or not _rose(now.unread, pages, usual):
        return []
    return [f"body: no story's text in {now.unread} of {pages} pages, usually in {usual:.0%}{_as(examples)}"]


def _bodies(now: Measures, past: Sequence[Measures]) -> list[str]:
    before = sum(run.stories for run in past)
    if now.stories < _BODIES_NOW or before < _ENOUGH_PAST:
        return []
    mean, usual = now.body_chars / now.stories, sum(run.body_chars for run in past) / before
    if mean >= _SHORT * usual:
        return []
    return [f"body: {mean:.0f} characters on average in {now.stories} stories, usually {usual:.0f}"]


def _blocked(now: Measures, past: Sequence[Measures]) -> list[str]:
    before = sum(run.pages for run in past)
    usual = sum(run.blocked for run in past) / before if before else 0.0
    if before < _ENOUGH_PAST or not _rose(now.blocked, now.pages, usual):
        return []
    return [f"blocked: {now.blocked} of {now.pages} pages refused us, usually {usual:.0%}"]


def _pace(now: Measures, past: Sequence[Measures]) -> list[str]:
    """No story for longer than the pace of earlier runs makes likely; the first run found all that there was."""
    regular = [run for run in past if not run.limited][:-1]
    if now.stories or now.limited or len(regular) < 3:
        return []
    came = next((run for run in regular if run.stories), None)
    if came is None or came.at - regular[-1].at < _LEAST_PAST:
        return []
    stories = sum(run.stories for run in regular if run.at > regular[-1].at)
    a_second = stories / (came.at - regular[-1].at).total_seconds()
    missed = a_second * (now.at - came.at).total_seconds()
    hours = (now.at - came.at).total_seconds() / 3600
    if missed < _MISSED or now.at - came.at < _LEAST_SILENCE:
        return []
    return [f"stories: none for {hours:.0f} hours, usually about {missed:.0f} in that time"]


def _rose(count: int, of: int, usual: float) -> bool:
    if count < _ENOUGH_NOW or count / of - usual < _LEAST_FALL:
        return False
    return _at_most(of - count, of, 1 - usual) < _UNLIKELY


def _at_most(count: int, of: int, share: float) -> float:
    """The chance of at most `count` successes in `of` trials of chance `share`; shares of 1 leave room for luck."""
    share = min(max(share, 0.01), 0.99)
    logs = (
        math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1)
        + k * math.log(share) + (of - k) * math.log1p(-share)
        for k in range(count + 1)
    )  # fmt: skip
    return sum(map(math.exp, logs))


def _as(urls: Sequence[str]) -> str:
    return ", as " + ", ".join(urls[:_EXAMPLES]) if urls else ""
