"""Links of a worksheet: a relationship for each, named by the cell (ECMA-376 part 1, 18.3.1.47 and part 2, 9.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

MOST_LINKS = 65_530  # of one sheet, Excel's limit; addresses in later rows are plain text
_LONGEST = 2_079  # characters, Excel's limit
# What a link may lead to: the web only, and spelt so that no spreadsheet takes the file for a damaged one.
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?"
    r"(?:[/?](?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-Fa-f]{2})*+)?"
    r"(?:\#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-Fa-f]{2})*+)?"
)
_SAFE = "%/?#:@!$&'()*+,;=~-._"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class SheetLinks:
    """Keeps links in the file `path` until the sheet is put together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file = path.open("w", encoding="ascii")

    def add(self, cell: str, url: str) -> bool:
        """Make a link of the cell, such as `D7`; False when it stays plain text."""
        if self.count >= MOST_LINKS or (target := _target(url)) is None:
            return False
        self.count += 1
        self._file.write(f"{cell} {target}\n")
        return True

    def close(self) -> None:
        """Nothing is added afterwards."""
        self._file.close()

    def of_sheet(self) -> Iterator[bytes]:
        """The worksheet's own part of it; nothing when there are no links."""
        if self.count:
            yield b"<hyperlinks>"
            for number, (cell, _) in enumerate(self._all(), 1):
                yield f'<hyperlink ref="{cell}" r:id="rId{number}"/>'.encode()
            yield b"</hyperlinks>"

    def relationships(self) -> Iterator[bytes]:
        """The file that names where the links lead."""
        yield _HEAD
        yield b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        for number, (_, target) in enumerate(self._all(), 1):
            target = target.replace("&", "&amp;")
            yield (
                f'<Relationship Id="rId{number}" Type="{_TYPE}" Target="{target}" TargetMode="External"/>'
            ).encode()
        yield b"</Relationships>"

    def _all(self) -> Iterator[list[str]]:
        with self.path.open(encoding="ascii") as file:
            for line in file:
                yield line.rstrip("\n").split(" ", 1)


def _target(url: str) -> str | None:
    """The address as a link's target, percent-encoded where need be; None when none may lead there."""
    if not url.startswith(("https://", "http://")):
        return None
    if len(url) <= _LONGEST and _ADDRESS.fullmatch(url):
        return url
    target = quote(url, safe=_SAFE, errors="replace")
    return target if len(target) <= _LONGEST and _ADDRESS.fullmatch(target) else None
