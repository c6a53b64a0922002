from __future__ import annotations

import subprocess
import sys

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from newscrawler.journal import Journal
from newscrawler.journal.database import connect, utc_now
from newscrawler.journal.schema import VERSION, VERSION_TABLE, metadata


def test_the_steps_lead_to_the_schema(url: str) -> None:
    Journal.open(url).close()
    database = connect(url, read_only=False, busy_timeout=5, clock=utc_now)
    with database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": False}
        )
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == VERSION
    database.close()


def test_look_ups_use_their_indexes(url: str) -> None:
    """Each partial index serves its query: a condition that the planner cannot match would read everything."""
    Journal.open(url).close()
    database = connect(url, read_only=False, busy_timeout=5, clock=utc_now)
    queries = {
        "pages_pending": "SELECT * FROM pages WHERE site = 'a' AND state = 'pending' AND id > 5 ORDER BY id LIMIT 9",
        "pages_due": "SELECT * FROM pages WHERE site = 'a' AND next_look <= '2026-01-01' ORDER BY next_look LIMIT 9",
        "stories_owed": "SELECT * FROM stories WHERE site = 'a' AND owed{is_true} AND id > 5 ORDER BY id LIMIT 9",
        "stories_by_title": "SELECT * FROM stories WHERE site = 'a' AND title_key = 'x' ORDER BY first_seen LIMIT 9",
    }
    with database.writing() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if not sqlite:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        for index, query in queries.items():
            explain = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
            plan = connection.execute(
                text(explain + query.replace("{is_true}", " = 1" if sqlite else ""))
            ).all()
            assert index in str(plan), f"{index} is not used: {plan}"
    database.close()


def test_a_start_with_a_current_journal_does_not_import_alembic(url: str) -> None:
    Journal.open(url).close()
    script = (
        "import sys; from newscrawler.journal import Journal; Journal.open(sys.argv[1]).close(); "
        "print('alembic' in sys.modules, 'scrapy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, url], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
