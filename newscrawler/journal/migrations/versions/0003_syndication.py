"""Stories that another site had earlier."""

import sqlalchemy as sa
from alembic import op

from newscrawler.journal.column_types import PlainText

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("stories", sa.Column("syndicated_from", PlainText()))
