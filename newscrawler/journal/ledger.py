"""The account of one run's delivery, as the feeds' `DeliveryLedger` wants it kept."""

from __future__ import annotations

from pathlib import Path

from newscrawler.journal.deliveries import Deliveries

_BATCH = 200  # stories that are recorded in one transaction


class Ledger:
    """Notes which stories a run writes into its files; nothing is journaled until there is something to note.

    A run without a local file (its feeds go elsewhere) calls `commit` and `finished` itself once they are
    stored: its stories then count as delivered, at least once rather than exactly once.
    """

    def __init__(self, deliveries: Deliveries, site: str, run: int) -> None:
        self._deliveries = deliveries
        self._site = site
        self._run = run
        self._delivery: int | None = None
        self._written: list[tuple[str, int]] = []

    def begin(self, temporary: Path, final: Path) -> None:
        """A temporary file is about to be created."""
        self._deliveries.add_file(self._number(), temporary, final)

    def add(self, story: str, revision: int) -> None:
        """A story was written into the files of this run."""
        self._written.append((story, revision))
        if len(self._written) >= _BATCH:
            self._flush()

    def commit(self) -> None:
        """Every temporary file is complete and synced: the renames begin."""
        self._flush()
        if self._delivery is not None:
            self._deliveries.commit(self._delivery)

    def finished(self) -> None:
        """Every temporary file has its final name, and the folders are synced."""
        if self._delivery is not None:
            self._deliveries.finish(self._delivery)

    def drop(self) -> None:
        """The delivery is given up: its stories stay undelivered."""
        self._written.clear()
        if self._delivery is not None:
            self._deliveries.drop(self._delivery)

    def _flush(self) -> None:
        if self._written:
            self._deliveries.add(self._number(), self._written)
            self._written.clear()

    def _number(self) -> int:
        if self._delivery is None:
            self._delivery = self._deliveries.start(self._site, self._run)
        return self._delivery
