"""The temporary file that a feed is written into: hidden, beside its final name, held by a lock while it grows."""

from __future__ import annotations

import contextlib
import io
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from filelock import lock_descriptor

_NAME = re.compile(r"\.(?P<final>.+)\.[0-9a-f]{8}\.part(?P<extra>\.[a-z]+)?")


class FeedError(OSError):
    """A feed that could not be written; the text names it, the reason, and the remedy."""


def temporary_beside(final: Path) -> Path:
    """A fresh hidden name in the folder of `final`, so that a rename stays within one file system."""
    return final.with_name(f".{final.name}.{secrets.token_hex(4)}.part")


def stale_files(folder: Path, final_name: str | None = None) -> list[Path]:
    """Temporary files in `folder` that no living process writes (of one final name, or of all)."""
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        match = _NAME.fullmatch(path.name)
        if match and final_name in (None, match["final"]):
            with _taken(_owner(path)) as taken:
                if taken:
                    found.append(path)
    return found


def remove_stale(folder: Path, final_name: str | None = None) -> list[Path]:
    """Remove what killed runs left behind, and return their paths. Where a journal keeps account of deliveries,
    it recovers first: it knows which of these files are complete and only wait for their rename."""
    removed = []
    for path in stale_files(folder, final_name):
        with _taken(_owner(path)) as taken:
            if not taken:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
            removed.append(path)
    return removed


def _owner(path: Path) -> Path:
    """The temporary file whose lock a process holds that still writes this one."""
    match = _NAME.fullmatch(path.name)
    return path.with_name(path.name.removesuffix(match["extra"] or "")) if match else path


@contextlib.contextmanager
def _taken(path: Path) -> Iterator[bool]:
    """Holds a temporary file that no process holds, if it is there; False where one does."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        yield True  # its own writer is gone, and so is it
        return
    try:
        yield lock_descriptor(handle, blocking=False)
    finally:
        os.close(handle)


def _created(path: Path) -> io.BufferedRandom:
    """A new file that this process holds. Between its making and its lock another run may take it for a dead one's."""
    while True:
        file = path.open("x+b")
        lock_descriptor(file.fileno())
        if path.exists():
            return file
        file.close()


class PartFile(io.BufferedIOBase):
    """A new binary file for an exporter, which never raises on a failing disk: it keeps the first error.

    An exporter's error is only logged by Scrapy, story by story, and the feed is stored as if it were whole.
    So the error is kept here, `on_error` is called with it once, and who stores the feed asks for `error`.
    """

    def __init__(self, path: Path, on_error: Callable[[BaseException], None]) -> None:
        self.path = path
        self.error: BaseException | None = None
        self._on_error = on_error
        self._file: io.BufferedRandom | None = None
        try:
            self._file = _created(path)
        except OSError as error:
            self.fail(error)

    @property
    def name(self) -> str:
        return str(self.path)

    def fail(self, error: BaseException) -> None:
        """Record that what was written is not whole."""
        if self.error is None:
            self.error = error
            self._on_error(error)

    def write(self, data: Any) -> int:
        if self._file is None or self.error is not None:
            return len(data)
        try:
            return self._file.write(data)
        except OSError as error:
            self.fail(error)
            return len(data)

    def read(self, size: int | None = -1, /) -> bytes:
        return self._file.read(size) if self._file else b""

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        try:
            return self._file.seek(offset, whence) if self._file else 0
        except OSError as error:
            self.fail(error)
            return 0

    def tell(self) -> int:
        return self._file.tell() if self._file and not self.error else 0

    def flush(self) -> None:
        if self._file is None or self.error is not None:
            return
        try:
            self._file.flush()
        except OSError as error:
            self.fail(error)

    def sync(self) -> None:
        """Everything written is on the disk afterwards, unless there is an `error`."""
        self.flush()
        if self._file is None or self.error is not None:
            return
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            self.fail(error)

    def close(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
        super().close()

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


@contextlib.contextmanager
def recording(file: Any) -> Iterator[None]:
    """Record an exporter's error: the feed has failed for good, instead of losing one story in silence."""
    try:
        yield
    except Exception as error:
        if not isinstance(file, PartFile):
            raise
        file.fail(error)
