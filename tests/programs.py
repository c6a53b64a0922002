"""Programs that some tests start besides Python: found, skipped where missing, required or hidden.

`@pytest.mark.needs("chromium")` or `need("chromium")` skips a test where the program is not installed.
NEWSCRAWLER_TESTS_PROGRAMS=required makes a missing program an error instead (.ci/run);
NEWSCRAWLER_TESTS_PROGRAMS=hidden hides every one of them, as on a machine where none is installed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

MODE = "NEWSCRAWLER_TESTS_PROGRAMS"


class Program(NamedTuple):
    """Names of one program in order of preference, its Debian package, and where Debian keeps it if not in PATH."""

    names: tuple[str, ...]
    package: str
    folders: str = ""  # a pattern below /


PROGRAMS = {
    "chromium": Program(("chromium", "chromium-browser", "google-chrome"), "chromium"),
    "soffice": Program(("soffice", "libreoffice"), "libreoffice-calc-nogui"),
    "tmux": Program(("tmux",), "tmux"),
    "postgres": Program(("postgres",), "postgresql", "usr/lib/postgresql/*/bin"),
    "initdb": Program(("initdb",), "postgresql", "usr/lib/postgresql/*/bin"),
    "pg_basebackup": Program(("pg_basebackup",), "postgresql", "usr/lib/postgresql/*/bin"),
}
# Chromium's relatives, which newscrawler.browser.locate takes as well.
_RELATIVES = ("google-chrome-stable", "chrome", "microsoft-edge")


def find(program: str) -> str | None:
    """The path of a program of PROGRAMS, None where it is not installed or hidden."""
    names, _, folders = PROGRAMS[program]
    if path := next(filter(None, map(shutil.which, names)), None):
        return path
    if not folders or os.environ.get(MODE) == "hidden":
        return None
    by_version = sorted(Path("/").glob(folders), key=lambda folder: int(folder.parent.name))
    return next(
        (path for folder in reversed(by_version) if (path := shutil.which(names[0], path=folder))), None
    )


def need(program: str) -> str:
    """The path of a program; without it the test is skipped, or fails where every program is required."""
    if path := find(program):
        return path
    reason = f"{program} is not installed (Debian: apt-get install {PROGRAMS[program].package})"
    if os.environ.get(MODE) == "required":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def hide(folder: Path) -> None:
    """Replace PATH, for this process and those it starts, by links in `folder` to all but these programs."""
    hidden = {name for program in PROGRAMS.values() for name in program.names} | {*_RELATIVES}
    for place in filter(os.path.isdir, os.get_exec_path()):
        for file in Path(place).iterdir():
            link = folder / file.name
            if file.name not in hidden and not link.is_symlink():
                link.symlink_to(file)
    os.environ["PATH"] = str(folder)
    os.environ["PLAYWRIGHT_BROWSERS_PATH"] = str(folder / "none")
