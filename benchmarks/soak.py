"""Runs on a site of which three answers in ten are faulty, until a run brings nothing new.

    PYTHONPATH=. python -m benchmarks.soak [--stories 3000] [--faulty 0.3] [--runs 6]

Says of each run how many stories came, its exit code, its peak memory and time; and at last whether each story came
once. Ends with 1 when one is missing or came twice, or when a run took much more memory than the first one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import struct
import sys
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.processes import ROOT
from benchmarks.speed.replica_site import ReplicaSite
from tests.crawls.running import FAST

_FAULTS = ("500", "half", "reset", "empty", "nothing", "short")
_MEMORY = 1.3  # times the first run's peak that a later run may take


def handler_of(site: ReplicaSite, faulty: float) -> type[BaseHTTPRequestHandler]:
    """A handler of which so large a share of answers is faulty, each request's by itself."""
    chosen = random.Random(5)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = site.page(self.path)
            fault = chosen.choice(_FAULTS) if page is not None and chosen.random() < faulty else ""
            body = (page or "nothing here").encode()
            if fault == "nothing":
                self.close_connection = True
                return
            self.send_response(500 if fault == "500" else 404 if page is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", "0" if fault == "empty" else str(len(body)))
            self.end_headers()
            if fault in ("half", "reset", "short"):
                self.wfile.write(body[: len(body) // (9 if fault == "short" else 2)])
                self.close_connection = True
                if fault == "reset":
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            elif fault != "empty":
                self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Keep still."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: Any) -> None:
        """Clients may hang up."""


def run(url: str, folder: Path) -> tuple[int, float, float]:
    """One run: exit code, peak memory in MB, seconds."""
    given = [word for name, value in FAST.items() for word in ("-s", f"{name}={value}")]
    words = [
        "-m",
        "scrapy",
        "crawl",
        "site",
        "-a",
        f"url={url}/",
        "-s",
        f"OUTPUT_DIR={folder}",
        *given,
        "--quiet",
    ]
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawler.settings", "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, *words], environment)
    _, status, usage = os.wait4(process, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024, time.perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stories", type=int, default=3000)
    parser.add_argument("--faulty", type=float, default=0.3)
    parser.add_argument("--runs", type=int, default=6)
    given = parser.parse_args()
    site = ReplicaSite(given.stories)
    server = _Server(("127.0.0.1", 0), handler_of(site, given.faulty))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    peaks: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder, came = Path(name), 0
        for number in range(1, given.runs + 1):
            code, memory, seconds = run(url, folder)
            peaks.append(memory)
            lines = [line for file in folder.glob("*/*.jsonl") for line in file.open()]
            print(
                f"run {number}: {len(lines) - came} stories, exit {code}, {memory:.0f} MB, {seconds:.0f} s",
                flush=True,
            )
            if len(lines) == came:
                break
            came = len(lines)
        delivered = Counter(json.loads(line)["url"].removeprefix(url) for line in lines)
    missing = [n for n in range(given.stories) if site.path_of(n) not in delivered]
    twice = sum(count > 1 for count in delivered.values())
    grown = max(peaks) / peaks[0]
    print(
        f"{len(missing)} of {given.stories} missing, {twice} twice, memory at most {grown:.2f} times the first run's"
    )
    return 1 if missing or twice or grown > _MEMORY else 0


if __name__ == "__main__":
    sys.exit(main())
