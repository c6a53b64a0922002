"""`scrapy demo` as a user runs it."""

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEMO = [sys.executable, "-m", "scrapy", "demo"]


def test_serves_until_interrupted() -> None:
    # Tests that run in the background may have inherited that interrupts are ignored.
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(DEMO, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, kept)
    try:
        line = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/en/", line)
        assert address, line
        with urllib.request.urlopen(address[0], timeout=10) as response:  # noqa: S310 - http, matched above
            assert b"Meridian Wire" in response.read()
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")


@pytest.mark.parametrize("port", ["x", "-1", "65536", ""])
def test_bad_port(port: str) -> None:
    done = subprocess.run([*DEMO, f"--port={port}"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr == f"scrapy demo: --port {port!r} is not a number from 0 to 65535\n"


def test_port_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*DEMO, "--port", str(port)], cwd=ROOT, capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 2
    assert done.stderr.startswith(f"scrapy demo: port {port} cannot be used")
    assert done.stderr.count("\n") == 1
