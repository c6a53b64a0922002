"""A journal as it is after years, written quickly: invented stories, each on its page, and pages without one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Table, func, insert, select

from newscrawler.journal import content_hash
from newscrawler.journal import near_duplicates as near
from newscrawler.journal.database import Database
from newscrawler.journal.migrate import require_current
from newscrawler.journal.schema import bands, pages, revisions, runs, stories

HOST = "https://archive.example"
_BATCH = 2_000  # rows of one statement
_SIGNED = 200  # signatures are costly: stories take turns, with a number of their own in each band
_OUTCOMES = ("listing", "no-story-signs", "http-404", "duplicate-title", "no-body", "older")


def fill(database: Database, site: str, many_stories: int, many_pages: int) -> None:
    """Add so many stories and, with theirs, so many pages to a journal; the database is created if need be."""
    require_current(database, may_upgrade=True)
    dice = random.Random(3)
    words = ["".join(dice.choices("aeioubdgklmnrst", k=dice.randint(2, 9))) for _ in range(5_000)]
    newest = datetime.now(UTC).replace(microsecond=0) - timedelta(days=10)
    with database.writing() as connection:
        first = (connection.scalar(select(func.max(stories.c.id))) or 0) + 1
        run = connection.execute(
            insert(runs).values(
                site=site, started=newest, finished=newest, state="finished", arguments={}, counts={}
            )
        )
        assert run.inserted_primary_key is not None
        made = _Stories(site, first, many_stories, words, newest)
        for table, rows in (
            (pages, made.pages()),
            (pages, _other_pages(site, many_pages - many_stories, newest)),
            (stories, made.rows()),
            (revisions, made.revisions(int(run.inserted_primary_key[0]))),
            (bands, made.bands()),
        ):
            _insert(connection, table, rows)


class _Stories:
    def __init__(self, site: str, first: int, many: int, words: list[str], newest: datetime) -> None:
        self._site, self._words, self._newest = site, words, newest
        self._numbers = range(first, first + many)
        dice = random.Random(5)
        self._bodies = [
            "\n\n".join(" ".join(dice.choices(words, k=60)) for _ in range(5)) for _ in range(_SIGNED)
        ]
        self._signatures = [near.signature(body) for body in self._bodies]

    def _at(self, number: int) -> datetime:
        return self._newest - timedelta(minutes=20 * (self._numbers.stop - number))

    def _title(self, number: int) -> str:
        dice = random.Random(number)
        return " ".join(dice.choices(self._words, k=8)).capitalize()

    def _url(self, number: int) -> str:
        return f"{HOST}/en/news/{number}/{self._words[number % 5_000]}"

    def pages(self) -> Iterator[dict[str, Any]]:
        for number in self._numbers:
            yield _page(self._site, self._url(number), self._at(number), "story", "story")

    def rows(self) -> Iterator[dict[str, Any]]:
        for number in self._numbers:
            title, url, at = self._title(number), self._url(number), self._at(number)
            yield {
                "id": number, "site": self._site, "key": f"{self._site}:{number}", "page_key": url, "url": url,
                "canonical": url, "title": title, "title_key": title.lower(),
                "content_hash": content_hash(title, None, str(number)), "published": at.isoformat(),
                "first_seen": at, "changed": at, "revision": 1, "undelivered": False, "duplicate_of": None,
                "similarity": None, "signature": self._signatures[number % _SIGNED],
            }  # fmt: skip

    def revisions(self, run: int) -> Iterator[dict[str, Any]]:
        for number in self._numbers:
            yield {
                "story_id": number,
                "revision": 1,
                "seen": self._at(number),
                "run_id": run,
                "item": self._item(number),
            }

    def bands(self) -> Iterator[dict[str, Any]]:
        for number in self._numbers:
            dice = random.Random(-number)
            yield from ({"band": dice.getrandbits(63) - 2**62, "story_id": number} for _ in range(near.BANDS))

    def _item(self, number: int) -> dict[str, Any]:
        at = self._at(number).isoformat()
        return {
            "story_id": f"{self._site}:{number}", "site": self._site, "story_code": str(number),
            "url": self._url(number), "title": self._title(number), "lead": self._title(-number),
            "published": at, "authors": ["Ann Quay"], "section": f"Section {number % 30}",
            "tags": [f"tag {number % 700}", f"tag {number % 311}"], "language": "en",
            "body": self._bodies[number % _SIGNED], "word_count": 300, "kind": "article", "fetched": at,
            "related": [
                {"title": self._title(other), "url": self._url(other), "published": None, "image_alt": None}
                for other in (number - 1, number - 7, number - number % 100)
            ],
            "revision": 1,
        }  # fmt: skip


def _other_pages(site: str, many: int, newest: datetime) -> Iterator[dict[str, Any]]:
    for number in range(max(many, 0)):
        outcome = _OUTCOMES[number % len(_OUTCOMES)]
        at = newest - timedelta(minutes=number % 500_000)
        yield _page(
            site, f"{HOST}/en/other/{number}", at, outcome, "listing" if outcome == "listing" else "other"
        )


def _page(site: str, url: str, at: datetime, outcome: str, kind: str) -> dict[str, Any]:
    return {
        "site": site, "key": url, "url": url, "kind": kind, "state": "done", "outcome": outcome, "reason": outcome,
        "first_seen": at, "last_seen": at, "fetched": at, "next_visit": None, "visits": 1, "changes": 1,
        "attempts": 0, "found_on": f"{HOST}/en/", "found_via": "listing", "details": {"via": "listing"},
    }  # fmt: skip


def _insert(connection: Any, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    while batch := list(islice(rows, _BATCH)):
        connection.execute(insert(table), batch)
