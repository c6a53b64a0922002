"""Alembic's entry: runs the steps on the connection that `upgrading.py` hands over, in its transaction."""

from alembic import context

from newscrawler.journal.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
context.run_migrations()
