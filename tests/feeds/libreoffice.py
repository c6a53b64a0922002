"""LibreOffice without a window, each call with a profile of its own so that tests can run side by side."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from newscrawler.feeds.cells import cell_text, cut
from tests.programs import need

TEXTS = ("story_id", "title", "section", "body", "authors", "tags", "url")  # columns that hold text


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


def table_rows(path: Path, sheet: str | int) -> list[dict[str, Any]]:
    """The rows of a sheet by column; fails on a formula."""
    with path.open("rb") as file:
        book = load_workbook(file, read_only=True)
        table = book[sheet] if isinstance(sheet, str) else book.worksheets[sheet]
        lines = table.iter_rows()
        names = [cell.value for cell in next(lines)]
        found = []
        for line in lines:
            formulas = [cell.coordinate for cell in line if cell.data_type == "f"]
            assert not formulas, f"formulas in {formulas}"
            found.append({name: cell.value for name, cell in zip(names, line, strict=False)})
    return found


def shown(value: Any) -> str | None:
    """As LibreOffice writes it: a cell without text is empty."""
    text, _ = cut(cell_text(value))
    return text or None
