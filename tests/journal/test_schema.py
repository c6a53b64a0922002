from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event

from newscrawler.journal import FoundPage, Journal, RevisitPolicy
from newscrawler.journal.database import connect, utc_now
from newscrawler.journal.migrate import require_current
from newscrawler.journal.schema import VERSION, VERSION_TABLE, metadata

from .conftest import SITE
from .making import signature_of, story, text


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


def test_no_operation_of_a_crawl_reads_more_the_longer_the_journal_is(tmp_path: Path) -> None:
    """Every statement finds its rows by an index, and by more of it than the site."""
    statements: dict[str, Any] = {}
    database = connect(f"sqlite:///{tmp_path}/journal.sqlite", read_only=False, busy_timeout=5, clock=utc_now)
    require_current(database, may_upgrade=True)
    journal = Journal(database, RevisitPolicy())

    @event.listens_for(Engine, "before_cursor_execute")
    def _note(
        connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
    ) -> None:
        statements.setdefault(statement, parameters[0] if many else parameters)

    try:
        crawl(journal, tmp_path)
    finally:
        event.remove(Engine, "before_cursor_execute", _note)
    with database.reading() as connection:
        plans = {
            statement: str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all())
            for statement, parameters in statements.items()
            if statement.split()[0] in ("SELECT", "UPDATE", "DELETE")
        }
    assert len(plans) > 20
    for statement, plan in plans.items():
        tables = "pages|stories|revisions|bands|delivered_stories"
        slow = re.search(
            rf"SCAN ({tables})\b|SEARCH (?!stories USING INDEX stories_owed)({tables}) [^(]*\(site=\?\)", plan
        )
        assert not slow, f"{statement}: {plan}"
    journal.close()


def crawl(journal: Journal, folder: Path) -> None:
    journal.pages.offer(SITE, [FoundPage("k1", "http://demo.example/1")])
    assert len(list(journal.pages.pending(SITE))) == 1
    journal.pages.retry_later(SITE, "k1", "503")
    for body in (text(1), text(2)):
        item = story(1, body=body)
        journal.stories.store(SITE, "k1", item, signature=signature_of(item))
    journal.pages.unchanged(SITE, "k1")
    list(journal.pages.due(SITE))
    assert len(journal.stories.near(SITE, signature_of(item))) == 1
    for since in (None, utc_now()):
        journal.stories.with_title(SITE, item["title_key"], since)
    ledger = journal.ledger(SITE, journal.runs.start(SITE))
    ledger.begin(folder / "x.part", folder / "x")
    (folder / "x.part").touch()
    for owed in journal.stories.undelivered(SITE):
        ledger.add(owed["story_id"], owed["revision"])
    ledger.commit()
    ledger.finished()
    journal.deliveries.recover(SITE)


def test_a_start_with_a_current_journal_does_not_import_alembic(url: str) -> None:
    Journal.open(url).close()
    script = (
        "import sys; from newscrawler.journal import Journal; Journal.open(sys.argv[1]).close(); "
        "print('alembic' in sys.modules, 'scrapy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, url], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
