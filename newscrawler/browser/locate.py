"""Where a browser is on this machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

_SYSTEM = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
HOW_TO_GET_IT = (
    "get one with `playwright install chromium` or from your system (`apt-get install chromium`), "
    "or name one in the setting BROWSER"
)


def systems_own() -> str | None:
    """The system's Chromium, or one of its relatives."""
    return next((path for name in _SYSTEM if (path := shutil.which(name))), None)


def may_be_there(named: str) -> bool:
    """True when a browser seems to be there, found without starting anything; `named`: the setting BROWSER."""
    if named:
        return shutil.which(named) is not None
    return systems_own() is not None or any(_playwrights().glob("chromium*"))


def _playwrights() -> Path:
    """Where Playwright puts what it downloads: https://playwright.dev/python/docs/browsers"""
    if given := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return Path(given)
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "ms-playwright"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home)) / "ms-playwright"
    return home / ".cache" / "ms-playwright"
