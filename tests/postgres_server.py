"""A real PostgreSQL server for tests and benchmarks, on a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO, Any

from tests.programs import need

_SECONDS = 60  # to start in


class PostgresServer:
    """Started at once; `kill` and `start` as often as one likes; `remove` at the end."""

    def __init__(self, address: str | None = None) -> None:
        """`address`: an IP address to listen at as well, for all of its /24."""
        # The server refuses to run as root; a short path, since a socket's is limited to 107 bytes.
        self._account: dict[str, Any] = {"user": "nobody", "extra_groups": []} if os.geteuid() == 0 else {}
        self._address = address
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        if self._account:
            shutil.chown(self.folder, "nobody")
        subprocess.run(
            [
                need("initdb"),
                "-D",
                self.folder / "data",
                "-U",
                "tester",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
            ],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self._account,
        )
        if address is not None:
            with (self.folder / "data" / "pg_hba.conf").open("a") as rules:
                rules.write(f"host all all {address}/24 trust\n")
        self._log: IO[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        """The address of its database."""
        if self._address is not None:
            return f"postgresql://tester@{self._address}/postgres"
        return f"postgresql://tester@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._log = (self.folder / "log").open("ab")
        self._process = subprocess.Popen(
            [
                *(need("postgres"), "-D", self.folder / "data", "-k", self.folder),
                *("-c", f"listen_addresses={self._address or ''}", "-c", "fsync=off"),
            ],
            stdout=self._log,
            stderr=self._log,
            cwd=self.folder,
            start_new_session=True,
            **self._account,
        )
        self._wait()

    def kill(self) -> None:
        """Kill it and all its processes, as a crash does."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._log is not None:
            self._log.close()
            self._log = None

    def remove(self) -> None:
        """End it at once: nothing of it is wanted any more."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            try:
                self._process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()
        if self._log is not None:
            self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self) -> None:
        import psycopg

        deadline = time.monotonic() + _SECONDS
        while time.monotonic() < deadline:
            assert self._process.poll() is None, f"PostgreSQL ended: {(self.folder / 'log').read_text()}"
            try:
                psycopg.connect(self.url, connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()}")
