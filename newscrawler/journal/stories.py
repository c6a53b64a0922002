"""Stories: their keys, their revisions, and which of them are still to be delivered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    tuple_,
    union,
    update,
)

from newscrawler.journal import near_duplicates as near
from newscrawler.journal.database import Database, inserted_id
from newscrawler.journal.models import NearDuplicate, PageVisit, Revision, Stored, StoryRow
from newscrawler.journal.pages import Pages
from newscrawler.journal.revisit_policy import story_time
from newscrawler.journal.schema import bands, revisions, stories

_BATCH = 50  # items that are in memory at a time
_ROW_BATCH = 1_000  # rows without a text
_CANDIDATES = 20  # newest stories compared for each shared band: pages of pure boilerplate share them all

_one = select(stories).where(stories.c.site == bindparam("site"), stories.c.key == bindparam("key"))
_titles = (
    select(stories)
    .where(stories.c.site == bindparam("site"), stories.c.title_key == bindparam("title_key"))
    .order_by(stories.c.first_seen.desc(), stories.c.id.desc())
    .limit(bindparam("most"))
)
_revisions = (
    select(revisions.c.revision, revisions.c.seen, revisions.c.run_id, revisions.c.item)
    .join(stories, stories.c.id == revisions.c.story_id)
    .where(stories.c.site == bindparam("site"), stories.c.key == bindparam("key"))
)
_AS_FOUND = (stories.c.first_seen, stories.c.id)  # an index has this order, for each site
_NEWEST_FIRST = tuple(column.desc() for column in _AS_FOUND)
_latest_revisions = select(*_AS_FOUND, revisions.c.item).join(
    revisions, (revisions.c.story_id == stories.c.id) & (revisions.c.revision == stories.c.revision)
)
_COLUMNS = tuple((field.name, stories.c[field.name]) for field in fields(StoryRow))
_insert = insert(stories)
_update = update(stories).where(stories.c.id == bindparam("number"))
_insert_revision = insert(revisions)
_mark_syndicated = (
    update(stories)
    .where(stories.c.site == bindparam("marked"), stories.c.key == bindparam("story_key"))
    .values(syndicated_from=bindparam("origin"))
)


def _sharing_a_band() -> CompoundSelect[Any]:
    newest = (
        select(bands.c.story_id)
        .where(bands.c.band == bindparam(f"band{number}"))
        .order_by(bands.c.story_id.desc())
        .limit(_CANDIDATES)
        .subquery()
        for number in range(near.BANDS)
    )
    return union(*(select(one.c.story_id) for one in newest))


# Statements are built once: SQLAlchemy takes longer to build this one than a database to answer it.
_near = _sharing_a_band()
_by_numbers = select(stories).where(stories.c.id.in_(bindparam("numbers", expanding=True)))


class Stories:
    """The site's stories."""

    def __init__(self, database: Database, pages: Pages) -> None:
        self._database = database
        self._pages = pages

    def store(
        self,
        site: str,
        page_key: str,
        item: Mapping[str, Any],
        *,
        visit: PageVisit | None = None,
        run: int | None = None,
        duplicate: NearDuplicate | None = None,
        signature: bytes | None = None,
        deliver: bool = True,
        deliver_updates: bool = False,
    ) -> Stored:
        """Store a story and mark its page done, in one transaction.

        `item` is the story as it is delivered, ready for JSON, with `story_id`, `url`, `title` and
        `content_hash`. A known story with another content_hash becomes its next revision; the stored item
        carries the revision's number. With the same content_hash nothing but the page changes.
        `visit`: that of the page (default: outcome `story`), `signature` is that of the body
        (`near.signature`), `duplicate` the story whose copy this is. `deliver=False`
        journals a new story without delivering it;
        `deliver_updates`: True when a revision of a delivered story is to be delivered.
        """
        key = str(item["story_id"])
        now = self._database.now()
        visit = visit or PageVisit("story", kind="story")
        with self._database.writing() as connection:
            row = connection.execute(_one, {"site": site, "key": key}).first()
            if row is not None and row.content_hash == item.get("content_hash"):
                stored = Stored(key, row.revision, "unchanged", row.undelivered)
                visit = visit if visit.changed is not None else replace(visit, changed=False)
            else:
                undelivered = deliver if row is None else row.undelivered or (deliver_updates and deliver)
                stored = Stored(
                    key, row.revision + 1 if row else 1, "revision" if row else "story", undelivered
                )
                values = _values(item, page_key, duplicate, signature)
                values |= {"changed": now, "revision": stored.revision, "undelivered": undelivered}
                self._write(connection, site, key, row, values, item, run)
            first_seen = row.first_seen if row else now
            self._pages.finish_within(
                connection, site, page_key, visit, story_time=story_time(item.get("published"), first_seen)
            )
        return stored

    def _write(
        self,
        connection: Connection,
        site: str,
        key: str,
        row: Row[Any] | None,
        values: dict[str, Any],
        item: Mapping[str, Any],
        run: int | None,
    ) -> None:
        now = values["changed"]
        if row is None:
            values |= {"site": site, "key": key, "first_seen": now}
            number = inserted_id(connection.execute(_insert, values))
        else:
            number = row.id
            connection.execute(_update, {"number": number, **values})
            if row.signature is not None:
                old = near.bands(site, row.signature)
                connection.execute(delete(bands).where(bands.c.story_id == number, bands.c.band.in_(old)))
        revision = values["revision"]
        connection.execute(
            _insert_revision,
            {
                "story_id": number,
                "revision": revision,
                "seen": now,
                "run_id": run,
                "item": {**item, "revision": revision},
            },
        )
        if values["signature"] is not None:
            rows = [{"band": band, "story_id": number} for band in near.bands(site, values["signature"])]
            connection.execute(self._database.insert_new(bands), rows)

    def get(self, site: str, key: str) -> StoryRow | None:
        """One story by its key."""
        rows = self._rows(_one, {"site": site, "key": key})
        return _story(rows[0]) if rows else None

    def of_page(self, site: str, page_key: str) -> list[StoryRow]:
        """The stories that a page held, the newest first."""
        query = select(stories).where(stories.c.site == site, stories.c.page_key == page_key)
        return [_story(row) for row in self._rows(query.order_by(stories.c.id.desc()))]

    def by_url(self, site: str, url: str) -> list[StoryRow]:
        """Stories by their address or canonical one. Reads the whole table: for people, not for the crawl."""
        named = or_(stories.c.url == url, stories.c.canonical == url)
        query = select(stories).where(stories.c.site == site, named).order_by(stories.c.id.desc())
        return [_story(row) for row in self._rows(query)]

    def by_urls(self, site: str, urls: Collection[str]) -> dict[str, StoryRow]:
        """The latest story of each address, as far as there is one. Reads the whole table, like `by_url`."""
        if not urls:
            return {}
        query = select(stories).where(stories.c.site == site, stories.c.url.in_(list(urls)))
        return {row.url: _story(row) for row in self._rows(query.order_by(stories.c.id))}

    def with_title(
        self, site: str, title_key: str, since: datetime | None = None, limit: int = 20
    ) -> list[StoryRow]:
        """Stories with this title key that were first seen since then (None: ever), the newest first."""
        query = _titles if since is None else _titles.where(stories.c.first_seen >= bindparam("since"))
        parameters = {"site": site, "title_key": title_key, "most": limit}
        return [_story(row) for row in self._rows(query, parameters | ({"since": since} if since else {}))]

    def near(
        self,
        site: str,
        signature: bytes | None,
        *,
        since: datetime | None = None,
        threshold: float = near.THRESHOLD,
        besides: str | None = None,
        limit: int | None = 5,
    ) -> list[NearDuplicate]:
        """Stories whose body is like the one with this signature, the most alike first.

        Those first seen since then (None: ever), leaving out the story with the key `besides`.
        """
        if signature is None:
            return []
        parameters = {f"band{number}": band for number, band in enumerate(near.bands(site, signature))}
        with self._database.reading() as connection:
            numbers = connection.scalars(_near, parameters).all()
            rows = connection.execute(_by_numbers, {"numbers": numbers}).all() if numbers else ()
        found = [
            NearDuplicate(story, resemblance)
            for story in map(_story, rows)
            if story.key != besides
            and (since is None or story.first_seen >= since)
            and (resemblance := near.similarity(signature, story.signature)) >= threshold
        ]
        found.sort(key=lambda one: (-one.similarity, one.story.first_seen))
        return found[:limit]

    def undelivered(self, site: str, *, besides: int | None = None) -> Iterator[dict[str, Any]]:
        """Items still to be delivered: the latest revision of each such story, in the order they were found.

        Revisions seen by the run `besides` are left out.

        Read in batches: the journal may change meanwhile.
        """
        query = _latest_revisions.where(stories.c.site == site, stories.c.undelivered).order_by(stories.c.id)
        if besides is not None:
            query = query.where(or_(revisions.c.run_id.is_(None), revisions.c.run_id != besides))
        return self._items(query, lambda last: stories.c.id > last.id)

    def items(self, site: str, since: datetime | None = None) -> Iterator[dict[str, Any]]:
        """The latest revision of each story, or of those new or changed since then; in the order they were found.

        Read in batches: the journal may change meanwhile.
        """
        query = _latest_revisions.where(stories.c.site == site).order_by(*_AS_FOUND)
        if since is not None:
            query = query.where(stories.c.changed >= since)
        return self._items(query, lambda last: tuple_(*_AS_FOUND) > (last.first_seen, last.id))

    def _items(
        self, query: Select[Any], after: Callable[[Row[Any]], ColumnElement[bool]]
    ) -> Iterator[dict[str, Any]]:
        # Each batch goes on in an index where the last one ended: sorting the rest each time would take ever longer.
        rows = self._rows(query.limit(_BATCH))
        while rows:
            for row in rows:
                yield row.item
            rows = self._rows(query.where(after(rows[-1])).limit(_BATCH)) if len(rows) == _BATCH else ()

    def latest(self, site: str, limit: int = 20, *, like: str | None = None) -> list[StoryRow]:
        """The stories seen last, the newest first; `like`: part of the title, address or key."""
        query = select(stories).where(stories.c.site == site)
        if like is not None:
            part = (
                column.icontains(like, autoescape=True)
                for column in (stories.c.title, stories.c.url, stories.c.key)
            )
            query = query.where(or_(*part))
        return [_story(row) for row in self._rows(query.order_by(*_NEWEST_FIRST).limit(limit))]

    def count(self, site: str) -> int:
        """The number of the site's stories."""
        query = select(func.count()).select_from(stories).where(stories.c.site == site)
        return int(self._rows(query)[0][0])

    def copies(self, site: str, limit: int = 20) -> list[StoryRow]:
        """Stories whose text is that of another one, the newest first. For people, like `by_url`."""
        query = select(stories).where(stories.c.site == site, stories.c.duplicate_of.is_not(None))
        return [_story(row) for row in self._rows(query.order_by(*_NEWEST_FIRST).limit(limit))]

    def first_seen_since(self, site: str, since: datetime | None) -> Iterator[StoryRow]:
        """The stories first seen since then (None: ever), in the order they were found. Read in batches."""
        query = select(stories).where(stories.c.site == site).order_by(*_AS_FOUND).limit(_ROW_BATCH)
        if since is not None:
            query = query.where(stories.c.first_seen >= since)
        rows = self._rows(query)
        while rows:
            yield from map(_story, rows)
            last = rows[-1]
            rows = self._rows(query.where(tuple_(*_AS_FOUND) > (last.first_seen, last.id)))

    def mark_syndicated(self, site: str, origins: Mapping[str, str]) -> None:
        """Record of stories, by key, at which address another site had their text before."""
        with self._database.writing() as connection:
            for key, url in origins.items():
                connection.execute(_mark_syndicated, {"marked": site, "story_key": key, "origin": url})

    def syndicated(self, site: str) -> dict[str, str]:
        """Stories, by key, that another site had before, and its address."""
        query = select(stories.c.key, stories.c.syndicated_from).where(
            stories.c.site == site, stories.c.syndicated_from.is_not(None)
        )
        return {row.key: row.syndicated_from for row in self._rows(query)}

    def history(self, site: str, key: str) -> list[Revision]:
        """The revisions of a story that are kept, the first one first."""
        rows = self._rows(_revisions.order_by(revisions.c.revision), {"site": site, "key": key})
        return [Revision(**row._mapping) for row in rows]

    def latest_revision(self, site: str, key: str) -> Revision | None:
        """The latest revision of a story; None when its text is not kept."""
        rows = self._rows(
            _revisions.order_by(revisions.c.revision.desc()).limit(1), {"site": site, "key": key}
        )
        return Revision(**rows[0]._mapping) if rows else None

    def _rows(self, query: Any, parameters: dict[str, Any] | None = None) -> Sequence[Row[Any]]:
        with self._database.reading() as connection:
            return connection.execute(query, parameters or {}).all()


def _values(
    item: Mapping[str, Any], page_key: str, duplicate: NearDuplicate | None, signature: bytes | None
) -> dict[str, Any]:
    return {
        "page_key": page_key,
        "url": item["url"],
        "canonical": item.get("canonical_url"),
        "title": item["title"],
        "title_key": item.get("title_key"),
        "content_hash": item.get("content_hash"),
        "published": item.get("published"),
        "duplicate_of": duplicate.story.key if duplicate else None,
        "similarity": duplicate.similarity if duplicate else None,
        "signature": signature,
    }


def _story(row: Row[Any]) -> StoryRow:
    return StoryRow(**{name: row._mapping[column] for name, column in _COLUMNS})
