"""The journal of one site or of many: what earlier runs saw, and what was delivered."""

from __future__ import annotations

import glob
import re
from pathlib import Path
from types import TracebackType

from sqlalchemy import URL, make_url

from newscrawler.journal.database import Clock, Database, connect, utc_now
from newscrawler.journal.deliveries import Deliveries
from newscrawler.journal.exceptions import JournalError
from newscrawler.journal.held_pages import HeldPages
from newscrawler.journal.ledger import Ledger
from newscrawler.journal.migrate import require_current
from newscrawler.journal.pages import Pages
from newscrawler.journal.retention import Retention
from newscrawler.journal.revisit_policy import RevisitPolicy
from newscrawler.journal.runs import Learned, Runs
from newscrawler.journal.stories import Stories

_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


class Journal:
    """An open journal. Every operation is one short transaction and raises `JournalError` when it fails.

    With `group_commits` operations that come one upon another are committed together.

    Calls from several threads take turns. Close it at the end, or use it in a `with` statement.
    """

    def __init__(self, database: Database, pace: RevisitPolicy) -> None:
        self._database = database
        self.runs = Runs(database)
        self.learned = Learned(database)
        self.pages = Pages(database, pace)
        self.stories = Stories(database, self.pages)
        self.deliveries = Deliveries(database)
        self.held_pages = HeldPages(database)
        self.retention = Retention(database)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        read_only: bool = False,
        busy_timeout: float = 10.0,
        pace: RevisitPolicy | None = None,
        clock: Clock = utc_now,
    ) -> Journal:
        """Open the journal at a SQLAlchemy URL (SQLite or PostgreSQL), created or upgraded if need be.

        `busy_timeout`: seconds to wait for another writer. `read_only` neither creates nor upgrades.
        Raises `JournalError` when it is newer than this program, damaged, locked, not writable, or no
        journal. Nothing that is there is ever overwritten.
        """
        database = connect(url, read_only=read_only, busy_timeout=busy_timeout, clock=clock)
        try:
            require_current(database, may_upgrade=not read_only)
            if not read_only:
                database.require_writable()
        except BaseException:
            database.close()
            raise
        return cls(database, pace or RevisitPolicy())

    def claim(self, site: str) -> bool:
        """True when no other machine crawls the site, as far as the journal knows; held until `close`.

        PostgreSQL keeps apart the machines that share it. A SQLite file is one machine's: there it is always True,
        and the site's lock file is enough.
        """
        return self._database.claim(f"newscrawler:{site}")

    def claim_writing(self, site: str) -> bool:
        """True when nobody else's crawl writes the site's pages; held until `close` or `release_writing`.

        Beside `claim`, which is another connection's: a crawl that has lost only that one still writes.
        """
        return self._database.claim(f"newscrawler:writing:{site}")

    def release_writing(self, site: str) -> None:
        """Let go of what `claim_writing` gave."""
        self._database.release(f"newscrawler:writing:{site}")

    def group_commits(self, seconds: float) -> None:
        """Commit writes together, up to so many seconds after the first of them, from now on. For one crawl's journal.

        A process that is killed loses those since the last commit: its next run does the same again. Deliveries are
        committed at once, with all before them. After a failure nothing more may be written.
        """
        self._database.group_commits(seconds)

    def commit(self) -> None:
        """Commit the writes that wait, if any do."""
        self._database.commit()

    def ledger(self, site: str, run: int) -> Ledger:
        """The account of a run's delivery, to be handed to the feeds."""
        return Ledger(self.deliveries, site, run)

    @property
    def where(self) -> str:
        """The file's path, or the server's address without the password."""
        return self._database.where

    @property
    def seconds(self) -> float:
        """Seconds spent in the database since it was opened."""
        return self._database.seconds

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def journal_url(setting: str | None, output_dir: str | Path, site: str) -> str:
    """The address of a site's journal.

    Without a setting one SQLite file for each site, so that a lock or damage stays within the site:
    `<output_dir>/.journal/<site>.sqlite`. A setting is a SQLAlchemy URL; `{site}` in it is replaced.
    Raises `JournalError` when the site's name cannot be part of a file's name.
    """
    if not _SLUG.fullmatch(site):
        raise JournalError(
            f"site {site!r} is no short name: use lower-case letters, digits, `.`, `_` and `-`"
        )
    if setting:
        return setting.replace("{site}", site)
    path = Path(output_dir).absolute() / ".journal" / f"{site}.sqlite"
    return URL.create("sqlite", database=str(path)).render_as_string()


def journaled_sites(setting: str | None, output_dir: str | Path) -> list[str]:
    """Names of all sites that a journal knows of, as `journal_url` places them.

    Raises `JournalError` when they cannot be listed: a server with a database for each site.
    """
    if not setting or "{site}" in setting:
        pattern = make_url(journal_url(setting, output_dir, "0")).database or ""
        if setting and not setting.startswith("sqlite"):
            raise JournalError(
                "JOURNAL names a database for each site: their names cannot be listed; name them"
            )
        folder, _, name = pattern.rpartition("/")
        before, _, after = (setting or "{site}.sqlite").rpartition("/")[2].partition("{site}")
        found = Path(folder).glob(f"{glob.escape(before)}*{glob.escape(after)}") if name else ()
        return sorted(file.name.removeprefix(before).removesuffix(after) for file in found)
    with Journal.open(setting, read_only=True) as journal:
        return journal.runs.sites()
