"""Deliveries: which story went into which file, exactly once even when the process is killed.

A delivery goes through three states, each a transaction:

- `writing`: the temporary files are registered, then created and filled; `add` records their stories.
- `renaming`: every temporary file is complete and synced. From here on the stories are as good as delivered.
- `done`: every temporary file has been renamed to its final name; the stories are delivered.

`recover`, at the next start, ends what a killed run left: in `writing` it removes the temporary files and the
stories stay undelivered; in `renaming` it carries out the renames that were not done yet. A rename is known to have
happened when its temporary file is gone. A final file that another program changed meanwhile is never replaced:
then the stories stay undelivered, and files of the same delivery that were renamed already get them once more.
"""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, insert, select, update

from newscrawler.journal.column_types import stored_key
from newscrawler.journal.database import Database, inserted_id
from newscrawler.journal.exceptions import JournalError
from newscrawler.journal.models import DeliveryRecovery, DeliveryState
from newscrawler.journal.schema import delivered_stories, deliveries, delivery_files, stories

_CHUNK = 500  # keys of one statement


@dataclass(frozen=True, slots=True)
class DeliveredIn:
    """A file that a story was delivered in."""

    file: str
    revision: int
    run_id: int
    finished: str


class Deliveries:
    """The site's deliveries. Files are local; each path is stored as an absolute one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, site: str, run: int) -> int:
        """Begin a delivery of this run, to all its files together; returns its number."""
        with self._database.writing(at_once=True) as connection:
            row = insert(deliveries).values(
                site=site, run_id=run, state=DeliveryState.WRITING, started=self._database.now()
            )
            return inserted_id(connection.execute(row))

    def add_file(self, delivery: int, temporary: Path, final: Path) -> None:
        """Register a file, before the temporary one is created. Both are in one folder."""
        with self._database.writing(at_once=True) as connection:
            number = len(_files(connection, delivery))
            connection.execute(
                insert(delivery_files).values(
                    delivery_id=delivery,
                    number=number,
                    temporary=str(temporary.absolute()),
                    final=str(final.absolute()),
                )
            )

    def add(self, delivery: int, written: Iterable[tuple[str, int]]) -> None:
        """Record the stories that were written into the temporary files: (story key, revision). Repeats do no harm."""
        pairs = {stored_key(key): revision for key, revision in written}
        keys = list(pairs)
        with self._database.writing() as connection:
            site = connection.execute(
                select(deliveries.c.site).where(deliveries.c.id == delivery)
            ).scalar_one()
            for start in range(0, len(keys), _CHUNK):
                chosen = stories.c.site == site, stories.c.key.in_(keys[start : start + _CHUNK])
                rows = [
                    {"delivery_id": delivery, "story_id": number, "revision": pairs[key]}
                    for number, key in connection.execute(select(stories.c.id, stories.c.key).where(*chosen))
                ]
                if rows:
                    connection.execute(self._database.insert_new(delivered_stories), rows)

    def commit(self, delivery: int) -> None:
        """Every temporary file is complete and synced (fsync): the renames may begin."""
        with self._database.writing(durable=True) as connection:
            for file in _files(connection, delivery):
                if not Path(file.temporary).exists():
                    raise JournalError(
                        f"the file {file.temporary} is gone before it was delivered: let nothing "
                        "else write its folder, and run again; nothing journaled is lost"
                    )
                connection.execute(
                    update(delivery_files)
                    .where(delivery_files.c.delivery_id == delivery, delivery_files.c.number == file.number)
                    .values(replaces=_identity(Path(file.final)))
                )
            _set_state(connection, delivery, DeliveryState.RENAMING)

    def finish(self, delivery: int) -> None:
        """Every temporary file has its final name, and the folder is synced: the stories are delivered."""
        with self._database.writing(durable=True) as connection:
            self._mark_delivered(connection, delivery)

    def drop(self, delivery: int) -> None:
        """Give up a delivery that was not committed: its stories stay undelivered. The caller removes the files."""
        with self._database.writing(at_once=True) as connection:
            connection.execute(
                delete(deliveries).where(
                    deliveries.c.id == delivery, deliveries.c.state == DeliveryState.WRITING
                )
            )

    def recover(self, site: str) -> list[DeliveryRecovery]:
        """End what earlier runs of the site left open. For the holder of the site's lock, at start."""
        with self._database.reading() as connection:
            query = select(deliveries.c.id, deliveries.c.state).where(
                deliveries.c.site == site, deliveries.c.state != DeliveryState.DONE
            )
            left = connection.execute(query.order_by(deliveries.c.id)).all()
        try:
            return [self._recover(number, state) for number, state in left]
        except OSError as error:
            raise JournalError(
                f"an earlier run's delivery cannot be ended ({error}): make its folder readable and writable, "
                "and run again; nothing journaled is lost"
            ) from error

    def of_story(self, site: str, key: str) -> list[DeliveredIn]:
        """The files that a story was delivered in, the first one first."""
        query = (
            select(
                delivery_files.c.final,
                delivered_stories.c.revision,
                deliveries.c.run_id,
                deliveries.c.finished,
            )
            .select_from(delivered_stories)
            .join(stories, stories.c.id == delivered_stories.c.story_id)
            .join(deliveries, deliveries.c.id == delivered_stories.c.delivery_id)
            .join(delivery_files, delivery_files.c.delivery_id == deliveries.c.id)
            .where(stories.c.site == site, stories.c.key == key, deliveries.c.state == DeliveryState.DONE)
            .order_by(deliveries.c.id, delivery_files.c.number)
        )
        with self._database.reading() as connection:
            return [
                DeliveredIn(final, revision, run, finished.isoformat())
                for final, revision, run, finished in connection.execute(query)
            ]

    def _recover(self, delivery: int, state: str) -> DeliveryRecovery:
        with self._database.reading() as connection:
            files = _files(connection, delivery)
        finals = tuple(file.final for file in files)
        waiting = [file for file in files if Path(file.temporary).exists()]
        changed = [file.final for file in waiting if _identity(Path(file.final)) != file.replaces]
        if state == DeliveryState.WRITING or changed:
            # Someone wrote the final file since: renaming would undo that, so the stories are delivered anew.
            for file in files:
                _remove(Path(file.temporary))
            with self._database.writing(durable=True) as connection:
                connection.execute(delete(deliveries).where(deliveries.c.id == delivery))
            note = (
                f"{changed[0]} was changed by another program"
                if changed and state != DeliveryState.WRITING
                else "unfinished"
            )
            return DeliveryRecovery(delivery, False, finals, f"an earlier run's delivery was undone ({note})")
        for file in waiting:
            replace_durably(Path(file.temporary), Path(file.final))
        self.finish(delivery)
        return DeliveryRecovery(
            delivery, True, finals, f"an earlier run's delivery was completed: {', '.join(finals)}"
        )

    def _mark_delivered(self, connection: Connection, delivery: int) -> None:
        _set_state(connection, delivery, DeliveryState.DONE)
        connection.execute(
            update(deliveries).where(deliveries.c.id == delivery).values(finished=self._database.now())
        )
        # A story that was revised since it was written stays undelivered.
        written = exists().where(
            delivered_stories.c.delivery_id == delivery,
            delivered_stories.c.story_id == stories.c.id,
            delivered_stories.c.revision == stories.c.revision,
        )
        site = select(deliveries.c.site).where(deliveries.c.id == delivery).scalar_subquery()
        connection.execute(
            update(stories)
            .where(stories.c.site == site, stories.c.undelivered, written)
            .values(undelivered=False)
        )


def replace_durably(temporary: Path, final: Path) -> None:
    """Rename a synced file over another so that it survives loss of power. Raises `JournalError`."""
    try:
        temporary.replace(final)
        folder = os.open(final.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise JournalError(
            f"{final} cannot be put in place ({error.strerror}): make its folder writable and run again; "
            "nothing journaled is lost"
        ) from error


def _files(connection: Connection, delivery: int) -> list[Row[Any]]:
    query = select(delivery_files).where(delivery_files.c.delivery_id == bindparam("delivery"))
    return list(connection.execute(query.order_by(delivery_files.c.number), {"delivery": delivery}))


def _set_state(connection: Connection, delivery: int, state: str) -> None:
    connection.execute(update(deliveries).where(deliveries.c.id == delivery).values(state=state))


def _identity(path: Path) -> str:
    """Inode, size and time of change of a file: a later one at the same place has others."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return "none"
    return f"{found.st_ino}:{found.st_size}:{found.st_mtime_ns}"


def _remove(temporary: Path) -> None:
    """Remove a temporary file, and what its writer kept beside it under names that begin with its own."""
    try:
        for path in temporary.parent.glob(glob.escape(temporary.name) + "*"):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise JournalError(
            f"the leftover file {temporary} cannot be removed ({error.strerror}): remove it"
        ) from error
