"""The first schema. A step is never edited once it is released: a change is a new step."""

import sqlalchemy as sa
from alembic import op

from newscrawler.journal.column_types import Key, PlainText, UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("story_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("band", "story_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", Key(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("state", PlainText(), nullable=False),
        sa.Column("started", UtcDateTime(), nullable=False),
        sa.Column("finished", UtcDateTime()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("deliveries_by_site", "deliveries", ["site", "id"])
    op.create_index(
        "deliveries_open",
        "deliveries",
        ["site", "state"],
        sqlite_where=sa.text("state <> 'done'"),
        postgresql_where=sa.text("state <> 'done'"),
    )
    op.create_table(
        "learned",
        sa.Column("site", Key(), nullable=False),
        sa.Column("name", Key(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("updated", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("site", "name"),
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", Key(), nullable=False),
        sa.Column("key", Key(), nullable=False),
        sa.Column("url", PlainText(), nullable=False),
        sa.Column("kind", PlainText()),
        sa.Column("state", PlainText(), nullable=False),
        sa.Column("outcome", PlainText()),
        sa.Column("reason", PlainText()),
        sa.Column("twin", Key()),
        sa.Column("etag", PlainText()),
        sa.Column("last_modified", PlainText()),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.Column("last_seen", UtcDateTime(), nullable=False),
        sa.Column("fetched", UtcDateTime()),
        sa.Column("next_look", UtcDateTime()),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("look_interval", sa.Float()),
        sa.Column("found_on", PlainText()),
        sa.Column("found_via", PlainText()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("pages_by_key", "pages", ["site", "key"], unique=True)
    op.create_index("pages_by_last_seen", "pages", ["site", "last_seen"])
    op.create_index(
        "pages_due",
        "pages",
        ["site", "next_look"],
        sqlite_where=sa.text("next_look IS NOT NULL"),
        postgresql_where=sa.text("next_look IS NOT NULL"),
    )
    op.create_index(
        "pages_pending",
        "pages",
        ["site", "id"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", Key(), nullable=False),
        sa.Column("started", UtcDateTime(), nullable=False),
        sa.Column("finished", UtcDateTime()),
        sa.Column("state", PlainText(), nullable=False),
        sa.Column("reason", PlainText()),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("runs_by_site", "runs", ["site", "id"])
    op.create_table(
        "stories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", Key(), nullable=False),
        sa.Column("key", Key(), nullable=False),
        sa.Column("page_key", Key(), nullable=False),
        sa.Column("url", PlainText(), nullable=False),
        sa.Column("canonical", PlainText()),
        sa.Column("title", PlainText(), nullable=False),
        sa.Column("title_key", Key()),
        sa.Column("content_hash", Key()),
        sa.Column("published", PlainText()),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.Column("changed", UtcDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("owed", sa.Boolean(), nullable=False),
        sa.Column("duplicate_of", Key()),
        sa.Column("similarity", sa.Float()),
        sa.Column("signature", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("stories_by_first_seen", "stories", ["site", "first_seen"])
    op.create_index("stories_by_key", "stories", ["site", "key"], unique=True)
    op.create_index("stories_by_page", "stories", ["site", "page_key"])
    op.create_index("stories_by_title", "stories", ["site", "title_key", "first_seen"])
    op.create_index(
        "stories_owed",
        "stories",
        ["site", "id"],
        sqlite_where=sa.text("owed = 1"),
        postgresql_where=sa.text("owed"),
    )
    op.create_table(
        "delivered_stories",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("delivery_id", "story_id", "revision"),
        sqlite_with_rowid=False,
    )
    op.create_index("delivered_by_story", "delivered_stories", ["story_id"])
    op.create_table(
        "delivery_files",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("temporary", PlainText(), nullable=False),
        sa.Column("final", PlainText(), nullable=False),
        sa.Column("replaces", PlainText()),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("delivery_id", "number"),
    )
    op.create_table(
        "revisions",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seen", UtcDateTime(), nullable=False),
        sa.Column("run_id", sa.Integer()),
        sa.Column("item", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "revision"),
    )
