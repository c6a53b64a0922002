"""A real PostgreSQL server for tests and benchmarks, on a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO, Any

from tests.programs import need

_SECONDS = 60  # to start in


class PostgresServer:
    """Started at once; `kill` and `start` as often as one likes; `remove` at the end."""

    def __init__(self, address: str | None = None, copy_of: PostgresServer | None = None) -> None:
        """`address`: an IP address to listen at as well, for all of its /24. `copy_of`: the server whose read-only
        standby this is.
        """
        # The server refuses to run as root; a short path, since a socket's is limited to 107 bytes.
        self.owner = "nobody" if os.geteuid() == 0 else None
        self._account: dict[str, Any] = {"user": self.owner, "extra_groups": []} if self.owner else {}
        self.options: tuple[str, ...] = ()  # settings from its next start on, as NAME=VALUE
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self.data = self.folder / "data"
        self._address = address
        self._port = free_port() if address is not None else 5432
        if self.owner:
            shutil.chown(self.folder, self.owner)
        if copy_of is None:
            made = [need("initdb"), "-D", self.data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync"]
        else:
            program = need("pg_basebackup")
            where = ["-h", copy_of.folder, "-p", str(copy_of._port), "-U", "tester"]
            made = [program, "-D", self.data, *where, "-R", "--no-sync", "-c", "fast"]
        subprocess.run(made, check=True, capture_output=True, cwd=self.folder, **self._account)
        if address is not None:
            with (self.data / "pg_hba.conf").open("a") as rules:
                rules.write(f"host all all {address}/24 trust\n")
        self._log: IO[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        """The address of its database."""
        if self._address is not None:
            return f"postgresql://tester@{self._address}:{self._port}/postgres"
        return f"postgresql://tester@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = (f"listen_addresses={self._address or ''}", "fsync=off", *self.options)
        self._log = (self.folder / "log").open("ab")
        self._process = subprocess.Popen(
            [
                *(need("postgres"), "-D", self.data, "-k", self.folder, "-p", str(self._port)),
                *(word for setting in settings for word in ("-c", setting)),
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


def free_port() -> int:
    """A port of loopback that nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
