"""Pages that are held until the template of their site is known."""

import sqlalchemy as sa
from alembic import op

from newscrawler.journal.column_types import Key, PlainText

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "held_pages",
        sa.Column("site", Key(), nullable=False),
        sa.Column("key", Key(), nullable=False),
        sa.Column("url", PlainText(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("site", "key"),
    )
