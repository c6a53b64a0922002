"""The delivery of a run: all its feed files get their final names together when the crawl closes.

Until then a feed is a hidden temporary file. If one feed fails, the crawl is ended,
one line is logged with the reason, and the stat `feedexport/failed_count/StoryFileStorage` decides the exit code.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from filelock import lock_descriptor
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro

from newscrawler.feeds.append import join
from newscrawler.feeds.formats import FORMATS, missing_package
from newscrawler.feeds.temporary_file import FeedError, PartFile, remove_stale, temporary_beside
from newscrawler.journal import JournalError

logger = logging.getLogger(__name__)
_STATS = "feedexport/{}_count/StoryFileStorage"


def has_failed(stats: Mapping[str, Any]) -> bool:
    """True when a feed of a run could not be delivered, by the run's stats (Scrapy's own names)."""
    return any(value for name, value in stats.items() if name.startswith("feedexport/failed_count"))


class DeliveryLedger(Protocol):
    """The account of deliveries that makes each story delivered exactly once (the journal's)."""

    def begin(self, temporary: Path, final: Path) -> None:
        """A temporary file is about to be created. Both names are in one folder."""

    def commit(self) -> None:
        """Every temporary file is complete and synced: the renames begin. Raising stops the delivery."""

    def finished(self) -> None:
        """Every temporary file has its final name, and the folders are synced."""

    def drop(self) -> None:
        """The delivery is given up; no file got its final name, and the temporary ones are gone."""


class FeedFile:
    """One feed file of a delivery."""

    def __init__(self, final: Path, file: PartFile, form: str, append: bool) -> None:
        self.final = final
        self.file = file
        self.form = form
        self.append = append
        self.stored = False

    @property
    def temporary(self) -> Path:
        return self.file.path

    @property
    def joined(self) -> Path:
        return self.temporary.with_name(self.temporary.name + ".joined")

    def remove(self) -> None:
        for path in (self.temporary, self.joined):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


class Delivery:
    """Scrapy extension. `ledger` may be set until the first story is exported; without one it works plainly."""

    def __init__(self, crawler: Crawler) -> None:
        self.ledger: DeliveryLedger | None = None
        self.files: list[Path] = []  # what got its final name
        self.problems: list[str] = []  # why feeds could not be delivered, one sentence each
        self._crawler = crawler
        self._failed: set[Path] = set()
        self._closing = False
        self._committed = False
        self._parts: list[FeedFile] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Delivery:
        delivery = cls(crawler)
        crawler.signals.connect(delivery.deliver, signals.feed_exporter_closed)
        return delivery

    def check(self, final: Path, form: str, append: bool) -> None:
        """Raise `FeedError` when a feed cannot be written at all; called before the first page is fetched."""
        if lacking := missing_package(form):
            raise FeedError(f"{final} cannot be written: {lacking}")
        appendable = form in FORMATS and FORMATS[form].appendable
        if append and not appendable and final.exists() and final.stat().st_size:
            raise FeedError(f"{final} exists and {form} cannot be added to: replace it with -O")
        if final.is_dir():
            raise FeedError(f"{final} is a folder: name a file")
        try:
            final.parent.mkdir(parents=True, exist_ok=True)
            if self.ledger is None:
                remove_stale(final.parent, final.name)
            probe = temporary_beside(final)
            probe.open("xb").close()
            probe.unlink(missing_ok=True)  # another run may have taken it for a dead one's
        except OSError as error:
            raise _feed_error(final, error) from error

    def open(self, final: Path, form: str, append: bool) -> PartFile:
        """The temporary file of a feed. Never raises: a failure is the delivery's."""
        temporary = temporary_beside(final)
        try:
            if self.ledger is not None:
                self.ledger.begin(temporary, final)
            final.parent.mkdir(parents=True, exist_ok=True)
        except Exception as error:
            self.fail(final, error)
        file = PartFile(temporary, lambda error: self.fail(final, error))
        self._parts.append(FeedFile(final, file, form, append))
        return file

    def store(self, file: PartFile) -> None:
        """The exporter has written all. Raises `FeedError` when that is not so."""
        part = next(part for part in self._parts if part.file is file)
        part.file.sync()
        if part.file.error is not None:
            raise _feed_error(part.final, part.file.error)
        part.stored = True

    def fail(self, final: Path, error: BaseException) -> None:
        """Log a failure once a feed, and end the crawl: its stories could not be delivered."""
        if final in self._failed:
            return
        self._failed.add(final)
        self.problems.append(str(_feed_error(final, error)))
        logger.error("%s", self.problems[-1])
        engine = self._crawler.engine
        if engine is not None and engine.spider is not None and not self._closing:
            self._closing = True
            deferred_from_coro(engine.close_spider_async(reason="feed_failed"))

    def deliver(self) -> None:
        """Give every stored file its final name, or, when a ledger keeps account, all of them or none."""
        self._closing = True
        parts, self._parts = self._parts, []
        ready = [part for part in parts if part.stored]
        elsewhere_failed = has_failed(self._crawler.stats.get_stats())
        if self.ledger is not None and (len(ready) < len(parts) or elsewhere_failed):
            self._count(ready, "success", "failed")
            ready = []
        try:
            self._rename(ready)
        except Exception as error:
            self._count(ready, "success", "failed")
            self.fail(ready[0].final, error)
        finally:
            self._clean(parts)
        if self.ledger is not None and not parts and not elsewhere_failed:
            self.ledger.commit()  # all feeds went elsewhere, and are there
            self.ledger.finished()

    def fail_elsewhere(self, error: FeedError) -> None:
        """Log that a feed could not be stored where it was to go, which is known at the crawl's end."""
        self.problems.append(str(error))
        logger.error("%s", error)

    def _rename(self, parts: list[FeedFile]) -> None:
        if not parts:
            return
        with contextlib.ExitStack() as held:
            for folder in sorted({part.final.parent for part in parts if part.append}):
                held.enter_context(_locked(folder))
            for part in parts:
                if part.append and part.final.exists():
                    held.enter_context(_joined(part))
            if self.ledger is not None:
                self.ledger.commit()
            self._committed = True
            for part in parts:
                part.temporary.replace(part.final)
                self.files.append(part.final)
            for folder in {part.final.parent for part in parts}:
                sync_folder(folder)
        if self.ledger is not None:
            self.ledger.finished()

    def _clean(self, parts: list[FeedFile]) -> None:
        """Remove the temporary files of what failed. A committed file stays: it is whole, only its rename failed,
        and the ledger carries that out at the next start."""
        for part in parts:
            if not (self._committed and part.stored):
                part.remove()
            part.file.close()
        if self.ledger is not None and parts and not self._committed:
            try:
                self.ledger.drop()
            except Exception as error:
                # As after a kill: the next run finds a delivery that was begun and not ended, and gives it up.
                self.fail(parts[0].final, error)

    def _count(self, parts: list[FeedFile], wrong: str, right: str) -> None:
        self._crawler.stats.inc_value(_STATS.format(wrong), -len(parts))
        self._crawler.stats.inc_value(_STATS.format(right), len(parts))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a file or folder: two crawls that add to one file do so one after the other, or stories were lost."""
    handle = os.open(path, os.O_RDONLY)
    try:
        lock_descriptor(handle)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _joined(part: FeedFile) -> Iterator[None]:
    """The part's temporary file begins with the complete lines of the final one, and is held like it was."""
    torn = join(part.final, part.temporary, part.joined, part.form)
    if torn:
        logger.warning("%s ended in a torn line: it was put aside in %s.torn", part.final, part.final)
    with _locked(part.joined):
        part.joined.replace(part.temporary)
        yield


def _feed_error(final: Path, error: BaseException) -> FeedError:
    if isinstance(error, FeedError):
        return error
    if isinstance(error, JournalError):
        return FeedError(f"{final} is not delivered, a later run will do it: {error}")
    why = (
        error.strerror
        if isinstance(error, OSError) and error.strerror
        else f"{type(error).__name__}: {error}"
    )
    return FeedError(f"{final} cannot be written ({why}): make room or name a writable folder, and run again")
