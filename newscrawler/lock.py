"""One run of a site at a time, by a lock that the operating system holds and frees."""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock, Timeout

ALREADY_RUNNING = 75  # EX_TEMPFAIL of sysexits.h: try again later
FEED_FAILED = 4


class RunRefused(Exception):
    """A run that cannot begin; the text is one line for the user."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def one_run(output_dir: str | os.PathLike[str], site: str) -> FileLock:
    """The lock of `site` in `output_dir`, acquired; it is freed with the process, however that ends.

    Raises RunRefused when another process has it, or when the folder cannot be written.
    """
    folder = Path(output_dir) / ".journal"
    lock = FileLock(folder / f"{site}.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise RunRefused(f"{site} is being crawled already; this run ends", ALREADY_RUNNING) from None
    except OSError as error:
        raise RunRefused(f"cannot write to {folder}: {error.strerror}", FEED_FAILED) from None
    return lock
