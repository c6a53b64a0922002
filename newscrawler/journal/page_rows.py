"""Values of a row of `pages`: of a new one, and after a visit. Pure but for the row that was read."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from newscrawler.journal.models import FoundPage, PageRecord, PageState, PageVisit
from newscrawler.journal.revisit_policy import RevisitPolicy
from newscrawler.journal.schema import pages

_GONE = ("http-404", "http-410")  # not visited again
_COLUMNS = tuple((field.name, pages.c[field.name]) for field in fields(PageRecord))


def page_record(row: Row[Any]) -> PageRecord:
    """The record of a row."""
    values = {name: row._mapping[column] for name, column in _COLUMNS}
    return PageRecord(**values | {"state": PageState(values["state"])})


def new_row(site: str, candidate: FoundPage, now: datetime) -> dict[str, Any]:
    """The row of a page that was just found."""
    return {
        "site": site,
        "key": candidate.key,
        "url": candidate.url,
        "kind": candidate.kind,
        "state": PageState.PENDING,
        "first_seen": now,
        "last_seen": now,
        "visits": 0,
        "changes": 0,
        "attempts": 0,
        "found_on": candidate.found_on,
        "found_via": candidate.found_via,
        "details": dict(candidate.details),
    }


def values_after(
    row: Row[Any], visit: PageVisit, policy: RevisitPolicy, story_time: datetime | None, now: datetime
) -> dict[str, Any]:
    """The columns that a visit changes; `story_time`: of the story on the page, if it holds one."""
    is_gone = visit.outcome in _GONE
    visit = _of_story(row, visit)
    kind = visit.kind or row.kind
    changed = visit.changed is not False
    values: dict[str, Any] = {
        "state": PageState.DONE,
        "outcome": visit.outcome,
        "reason": visit.reason,
        "duplicate_of": visit.duplicate_of,
        "kind": kind,
        "changes": row.changes + changed,
        **_answered(row, now),
        **_next_visit(kind, row, policy, story_time, now, changed=changed),
    }
    if is_gone:
        values["next_visit"] = None
    if visit.url is not None:
        values["url"] = visit.url
    if visit.validators is not None:
        values["etag"] = visit.validators.etag
        values["last_modified"] = visit.validators.last_modified
    return values


def values_unchanged(row: Row[Any], policy: RevisitPolicy, now: datetime) -> dict[str, Any]:
    """The columns that a visit changes which found nothing new."""
    return _answered(row, now) | _next_visit(row.kind, row, policy, None, now, changed=False)


def _answered(row: Row[Any], now: datetime) -> dict[str, Any]:
    return {"fetched": now, "last_seen": now, "visits": row.visits + 1, "attempts": 0}


def _next_visit(
    kind: str | None,
    row: Row[Any],
    policy: RevisitPolicy,
    story_time: datetime | None,
    now: datetime,
    *,
    changed: bool,
) -> dict[str, Any]:
    if kind == "listing":
        interval = policy.listing_interval(row.visit_interval, changed=changed)
        return {"visit_interval": interval, "next_visit": policy.after_listing(interval, now)}
    if story_time is None and row.next_visit is not None and row.outcome == "story":
        story_time = row.first_seen  # a story that answered 304
    if story_time is None:
        return {"next_visit": None}
    return {"next_visit": policy.after_story(row.visits + 1, story_time, now)}


def _of_story(row: Row[Any], visit: PageVisit) -> PageVisit:
    """The visit, or one that keeps the outcome `story` and has this one's as its reason.

    A later visit to a story's page that brings no page to read (it is gone, say) does not undo the story. A page
    that turned out to be a listing, or a duplicate, is that from now on.
    """
    if (
        row.outcome != "story"
        or visit.outcome == "story"
        or visit.duplicate_of is not None
        or visit.kind == "listing"
    ):
        return visit
    later = ": ".join(each for each in (visit.outcome, visit.reason) if each)
    return PageVisit("story", f"later {later}", kind="story", changed=False)
