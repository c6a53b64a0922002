"""LibreOffice without a window, each call with a profile of its own so that tests can run side by side."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.programs import need


def convert(source: Path, target: str, folder: Path, *options: str) -> Path:
    """Convert `source` into `folder`."""
    soffice = need("soffice")
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
