"""LibreOffice without a window, each call with a profile of its own so that tests can run side by side."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def convert(source: Path, target: str, folder: Path, *options: str) -> Path:
    """Convert `source` into `folder`; skips the test when LibreOffice is not there, but never in CI."""
    soffice = shutil.which("soffice")
    if soffice is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice is missing: .ci/run installs libreoffice-calc-nogui")
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-calc-nogui)")
    folder.mkdir()
    done = subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            *options,
            "--convert-to",
            target,
            "--outdir",
            str(folder),
            str(source),
        ],
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
        env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
    )
    made = folder / f"{source.stem}.{target.split(':')[0]}"
    assert made.exists(), done.stderr
    return made
