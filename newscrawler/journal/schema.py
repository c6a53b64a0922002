"""The journal's tables. A change here needs a new step in `migrations/versions` and `VERSION` raised.

A column's `key` is its name in Python, where that differs from the stored one.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    text,
)

from newscrawler.journal.column_types import Key, PlainText, UtcDateTime

VERSION = "0003"
VERSION_TABLE = "journal_version"

metadata = MetaData()

# One crawl of one site.
runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site", Key, nullable=False),
    Column("started", UtcDateTime, nullable=False),
    Column("finished", UtcDateTime),
    Column("state", PlainText, nullable=False),  # running | killed | an argument of finish()
    Column("reason", PlainText),
    Column("arguments", JSON, nullable=False),
    Column("counts", JSON, nullable=False),
    Index("runs_by_site", "site", "id"),
)

# What a site has taught us, by name.
learned = Table(
    "learned",
    metadata,
    Column("site", Key, primary_key=True),
    Column("name", Key, primary_key=True),
    Column("value", JSON, nullable=False),
    Column("updated", UtcDateTime, nullable=False),
)

# Every page that was found, fetched or not.
pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site", Key, nullable=False),
    Column("key", Key, nullable=False),
    Column("url", PlainText, nullable=False),
    Column("kind", PlainText),  # a guess while pending, the fact when done
    Column("state", PlainText, nullable=False),  # pending | done
    Column("outcome", PlainText),
    Column("reason", PlainText),
    Column("twin", Key, key="duplicate_of"),  # the story that this page repeats
    Column("etag", PlainText),
    Column("last_modified", PlainText),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),
    Column("fetched", UtcDateTime),
    Column("next_look", UtcDateTime, key="next_visit"),
    Column("looks", Integer, key="visits", nullable=False),  # answers to a visit, 304 included
    Column("changes", Integer, nullable=False),  # how many of them were new
    Column("look_interval", Float, key="visit_interval"),  # seconds between the last visit and the next
    Column("found_on", PlainText),
    Column("found_via", PlainText),
    Column("attempts", Integer, nullable=False),  # failures since the last answer
    Column("details", JSON, nullable=False),  # what is needed to ask again
    Index("pages_by_key", "site", "key", unique=True),
    Index(
        "pages_pending",
        "site",
        "id",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
    Index(
        "pages_due",
        "site",
        "next_visit",
        sqlite_where=text("next_look IS NOT NULL"),
        postgresql_where=text("next_look IS NOT NULL"),
    ),
    Index("pages_by_last_seen", "site", "last_seen"),
)

# What stories are known by. Slim rows: the items themselves are in `revisions`.
stories = Table(
    "stories",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site", Key, nullable=False),
    Column("key", Key, nullable=False),
    Column("page_key", Key, nullable=False),
    Column("url", PlainText, nullable=False),
    Column("canonical", PlainText),
    Column("title", PlainText, nullable=False),
    Column("title_key", Key),
    Column("content_hash", Key),
    Column("published", PlainText),  # as the item says it: the zone may be unknown
    Column("first_seen", UtcDateTime, nullable=False),
    Column("changed", UtcDateTime, nullable=False),  # when the latest revision was seen
    Column("revision", Integer, nullable=False),
    Column(
        "owed", Boolean, key="undelivered", nullable=False
    ),  # the latest revision is still to be delivered
    Column("duplicate_of", Key),
    Column("similarity", Float),  # to the story in duplicate_of, 0 to 1
    Column("signature", LargeBinary),  # MinHash of the body
    Column("syndicated_from", PlainText),  # address of the story of another site that had the text before
    Index("stories_by_key", "site", "key", unique=True),
    Index("stories_by_title", "site", "title_key", "first_seen"),
    Index("stories_by_page", "site", "page_key"),
    Index("stories_by_first_seen", "site", "first_seen"),
    Index("stories_owed", "site", "id", sqlite_where=text("owed = 1"), postgresql_where=text("owed")),
)

revisions = Table(
    "revisions",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("seen", UtcDateTime, nullable=False),
    Column("run_id", Integer),
    Column("item", JSON, nullable=False),
)

# Locality-sensitive hashing: stories that share a band may have a similar body. No foreign key: a stale
# row costs nothing, since each candidate's signature is compared.
bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("story_id", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# One delivery of stories into files; see `deliveries.py` for the states.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site", Key, nullable=False),
    Column("run_id", Integer, nullable=False),
    Column("state", PlainText, nullable=False),  # writing | renaming | done
    Column("started", UtcDateTime, nullable=False),
    Column("finished", UtcDateTime),
    Index("deliveries_by_site", "site", "id"),
    Index(
        "deliveries_open",
        "site",
        "state",
        sqlite_where=text("state <> 'done'"),
        postgresql_where=text("state <> 'done'"),
    ),
)

delivery_files = Table(
    "delivery_files",
    metadata,
    Column("delivery_id", ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("temporary", PlainText, nullable=False),
    Column("final", PlainText, nullable=False),
    Column("replaces", PlainText),  # what the final file was when the temporary one was complete
)

delivered_stories = Table(
    "delivered_stories",
    metadata,
    Column("delivery_id", ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Index("delivered_by_story", "story_id"),
    sqlite_with_rowid=False,
)

# Bodies of pending pages that were fetched, until the template of their site is known.
held_pages = Table(
    "held_pages",
    metadata,
    Column("site", Key, primary_key=True),
    Column("key", Key, primary_key=True),
    Column("url", PlainText, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib
)
