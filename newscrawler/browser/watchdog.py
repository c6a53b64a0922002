"""A watch over the browser's processes: none may take more memory than allowed, and all can be ended."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import psutil

_SECONDS = 0.2  # between two looks: a page allocates some hundred MB in that time
_WHOLE = 4  # times the memory of one page is what all processes together may take


class Watchdog:
    """Looks at the browser's processes from a thread of its own, from `start` to `stop`.

    `megabytes`: what one process may hold. A renderer that holds more is killed, and its page with it; `killed`
    counts them.
    """

    def __init__(self, mark: str, megabytes: int) -> None:
        self.killed = 0
        self.peak = 0  # bytes that all processes held together, at most
        self._mark = mark
        self._limit = megabytes * 1024 * 1024
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Watch from now on; once is enough."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="browser-watch", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Watch no more, and end what is still there of the browser."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        self.end_all()

    def end_all(self) -> None:
        """Kill every process of the browser, whatever state it is in."""
        for process in list(self._processes()):
            with contextlib.suppress(psutil.Error):
                process.kill()

    def _run(self) -> None:
        while not self._ended.wait(_SECONDS):
            self._look()

    def _look(self) -> None:
        held: list[tuple[int, int, psutil.Process]] = []
        for process in self._processes():
            with contextlib.suppress(psutil.Error):
                memory = process.memory_info()
                # What processes share (the program itself, above all) would be counted once for each.
                held.append((memory.rss, memory.rss - getattr(memory, "shared", 0), process))
        total = sum(own for _, own, _ in held)
        self.peak = max(self.peak, total)
        for size, own, process in sorted(held, key=lambda one: -one[0]):
            if size > self._limit or total > _WHOLE * self._limit:
                with contextlib.suppress(psutil.Error):
                    process.kill()
                    self.killed += 1
                    total -= own

    def _processes(self) -> Iterator[psutil.Process]:
        """The browser's processes: those with the mark, and what they started."""
        try:
            children = psutil.Process().children(recursive=True)
        except psutil.Error:
            return
        ours: set[int] = set()
        for process in children:  # parents come before their children
            with contextlib.suppress(psutil.Error):
                if process.ppid() in ours or self._mark in process.cmdline():
                    ours.add(process.pid)
                    yield process
