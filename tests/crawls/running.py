"""Real crawls in subprocesses, as a user runs them."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Crawl:
    """What one crawl left: exit code, output, the folder it wrote to."""

    code: int
    stdout: str
    stderr: str
    output: Path

    @property
    def files(self) -> list[Path]:
        """The feed files, oldest first."""
        return sorted(self.output.glob("*/*.jsonl"))

    @property
    def stories(self) -> list[dict[str, Any]]:
        """The stories of all feed files."""
        return [json.loads(line) for file in self.files for line in file.read_text("utf-8").splitlines()]

    def told(self) -> str:
        """What to show when a test fails."""
        return f"exit code {self.code}\n{self.stderr[-4000:]}"


def scrapy(
    *words: str, env: Mapping[str, str] = {}, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """`scrapy WORDS...` from the project's root."""
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "default", **env},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


FAST = {"DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "0", "CONCURRENT_REQUESTS_PER_DOMAIN": "8"}


def crawl(output: Path, *words: str, settings: Mapping[str, object] = FAST, timeout: float = 120) -> Crawl:
    """`scrapy crawl site WORDS...` with its output in `output`."""
    given = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    done = scrapy("crawl", "site", *words, "-s", f"OUTPUT_DIR={output}", *given, timeout=timeout)
    return Crawl(done.returncode, done.stdout, done.stderr, output)


def writes_to(path: Path) -> str:
    """A command that keeps what it gets on its standard input in the file."""
    script = f"import pathlib, sys; pathlib.Path({str(path)!r}).write_text(sys.stdin.read())"
    return shlex.join([sys.executable, "-c", script])
