"""Texts that several sites have: which of them had each first.

The same signatures and bands as within a site (`near_duplicates`), without the site in them. They are sorted in a
database on disk, so that memory does not grow with the number of stories.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from newscrawler.journal import near_duplicates as near
from newscrawler.journal.models import StoryRow
from newscrawler.journal.revisit_policy import story_time

_ANY_SITE = ""
_COMPARED = 40  # earliest stories of a band; pages of pure boilerplate share one by the thousand
_BATCH = 10_000  # rows of one statement


class Syndicated(NamedTuple):
    """A story that another site had earlier, at `origin_url`."""

    site: str
    key: str
    origin_url: str


class SyndicationIndex:
    """Stories of many sites by their text. Close it at the end."""

    def __init__(self, file: Path) -> None:
        """`file`: a new one for the index, of some 800 bytes a story."""
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE stories (id INTEGER PRIMARY KEY, site TEXT, key TEXT, url TEXT, rank TEXT, signature BLOB);"
            "CREATE TABLE bands (band INTEGER, story INTEGER);"
            "CREATE TABLE origins (story INTEGER, origin INTEGER, rank TEXT);"
            "BEGIN;"
        )

    def add(self, site: str, story: StoryRow) -> None:
        """Take in a story; one whose text is too short to have a signature is left out."""
        if story.signature is None:
            return
        time = story_time(story.published, story.first_seen)
        rank = f"{_sortable(time)} {_sortable(story.first_seen)} {site}"  # no two sites are equal
        done = self._database.execute(
            "INSERT INTO stories (site, key, url, rank, signature) VALUES (?, ?, ?, ?, ?)",
            (site, story.key, story.url, rank, story.signature),
        )
        self._database.executemany(
            "INSERT INTO bands VALUES (?, ?)",
            [(band, done.lastrowid) for band in near.bands(_ANY_SITE, story.signature)],
        )

    def syndicated(self) -> Iterator[Syndicated]:
        """Stories whose text another site had before, with the earliest one; those of one site together."""
        found = self._origins()
        while batch := list(islice(found, _BATCH)):
            self._database.executemany("INSERT INTO origins VALUES (?, ?, ?)", batch)
        # SQLite gives bare columns the values of the row that has the minimum.
        query = (
            "SELECT copy.site, copy.key, origin.url, MIN(origins.rank) FROM origins "
            "JOIN stories AS copy ON copy.id = origins.story JOIN stories AS origin ON origin.id = origins.origin "
            "GROUP BY copy.id ORDER BY copy.site, copy.key"
        )
        for site, key, url, _ in self._database.execute(query):
            yield Syndicated(site, key, url)

    def close(self) -> None:
        """Free the file, which can be removed then."""
        self._database.close()

    def _origins(self) -> Iterator[tuple[int, int, str]]:
        """(story, an earlier one of another site with its text, that one's rank), some of them more than once."""
        query = (
            "SELECT band, stories.id, site, rank, signature FROM bands JOIN stories ON stories.id = story "
            "WHERE band IN (SELECT band FROM bands GROUP BY band HAVING COUNT(*) > 1) ORDER BY band, rank"
        )
        for _, rows in groupby(self._database.cursor().execute(query), key=itemgetter(0)):
            earliest: list[tuple[int, str, str, bytes]] = []
            for _, story, site, rank, signature in rows:
                for origin, other, before, text in earliest:
                    if other != site and near.similarity(text, signature) >= near.THRESHOLD:
                        yield story, origin, before
                        break
                if len(earliest) < _COMPARED:
                    earliest.append((story, site, rank, signature))


def _sortable(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
