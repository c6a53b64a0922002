"""Large pages are first read by a process that can be ended, whatever holds it up."""

from __future__ import annotations

import json
import logging
import os
import sys
from asyncio import Lock, create_subprocess_exec, timeout
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from signal import SIGKILL

from newscrawler.spiders.time_limit import PAGE_SECONDS

logger = logging.getLogger(__name__)
# Of a page that has a trial: what smaller ones can do to the parser is bounded by it. Of 1331 saved pages of news sites
# 1.3 percent are larger.
LARGE = 2_000_000  # bytes
_START_SECONDS = 60.0  # until the process is ready, on a busy machine
_WORKER = (sys.executable, "-m", "newscrawler.spiders.trial_worker")


class TrialReader:
    """Starts its process at the first large page, and another one after a page that had to be ended."""

    def __init__(self, command: Sequence[str] = _WORKER, seconds: float = PAGE_SECONDS) -> None:
        self._command = command
        self._seconds = seconds
        self._process: Process | None = None
        self._turn = Lock()
        self._is_missing = False

    async def passes(self, body: bytes, url: str, content_type: str | None) -> bool:
        """True when the page can be read in its time; also when no process can be had to find out."""
        async with self._turn:
            process = await self._started()
            if process is None or process.stdin is None or process.stdout is None:
                return True
            answer = b""
            with suppress(TimeoutError, OSError):
                async with timeout(self._seconds):
                    head = json.dumps([url, content_type, len(body)])
                    process.stdin.write(head.encode() + b"\n" + body)
                    await process.stdin.drain()
                    answer = await process.stdout.readline()
            if answer == b"read\n":
                return True
            await self.close()
            return False

    async def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.kill(process.pid, SIGKILL)  # Process.kill() would reap it, and asyncio warn of that
            with suppress(OSError):
                await process.communicate()

    async def _started(self) -> Process | None:
        if self._process is not None or self._is_missing:
            return self._process
        ready = b""
        with suppress(TimeoutError, OSError):
            self._process = await create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
            )
            async with timeout(_START_SECONDS):
                ready = await self._process.stdout.readline() if self._process.stdout else b""
        if ready != b"ready\n":
            await self.close()
            self._is_missing = True
            logger.warning("large pages are read without a trial: its process does not start")
        return self._process
