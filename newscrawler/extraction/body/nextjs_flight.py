"""The stream by which Next.js hands a page's data to the browser: `self.__next_f.push([1,"…"])`, split over scripts.

The strings make one text of rows (React's Flight format): `<hex id>:<JSON>`, one to a line, or
`<hex id>:T<hex length>,<text>` of so many bytes. Rows of other kinds (modules, hints, errors) are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

_PUSH = re.compile(r"__next_f\.push\(\s{0,10}(?=\[)")
_ROW = re.compile(rb"[0-9a-f]{0,8}:(?:T([0-9a-f]{1,6}),)?")
_SPOKEN = frozenset(("p", "h2", "h3", "h4", "li", "blockquote"))
MAX_STREAM = 3_000_000  # characters
MAX_ROWS, MAX_NODES = 5000, 60_000


def flight_rows(scripts: Iterable[str]) -> list[Any]:
    """The values of the rows; a text row as `{"text": …}`, as what other rows refer to by its number."""
    data = "".join(_pushed(scripts)).encode("utf-8", "replace")
    values: list[Any] = []
    at = 0
    while at < len(data) and len(values) < MAX_ROWS:
        row = _ROW.match(data, at)
        if row is not None and row[1]:
            at = row.end() + int(row[1], 16)
            values.append({"text": data[row.end() : at].decode("utf-8", "replace")})
            continue
        end = data.find(b"\n", at)
        end = end if end >= 0 else len(data)
        if row is not None and data[row.end() : row.end() + 1] in (b"[", b"{"):
            with suppress(ValueError, RecursionError):
                values.append(json.loads(data[row.end() : end]))
        at = end + 1
    return values


def _pushed(scripts: Iterable[str]) -> Iterator[str]:
    decoder = json.JSONDecoder(strict=False)
    room = MAX_STREAM
    for script in scripts:
        for push in _PUSH.finditer(script):
            try:
                value, _ = decoder.raw_decode(script, push.end())
            except (ValueError, RecursionError):
                continue
            if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
                room -= len(value[1])
                if room < 0:
                    return
                yield value[1]


def spoken(value: Any) -> str:
    """The paragraphs, headings and items among the elements of a row (`["$", tag, key, properties]`), in order."""
    found: list[str] = []
    stack = [value]
    seen = 0
    while stack and seen < MAX_NODES:
        node = stack.pop()
        seen += 1
        if isinstance(node, dict):
            stack.extend(reversed(node.values()))
        elif isinstance(node, list):
            if len(node) > 3 and node[0] == "$" and node[1] in _SPOKEN and isinstance(node[3], dict):
                if text := _text(node[3].get("children")):
                    found.append(text)
            else:
                stack.extend(reversed(node))
    return "\n\n".join(found)


def _text(children: Any) -> str:
    """The words inside an element, those of the elements in it among them."""
    pieces: list[str] = []
    stack = [children]
    while stack and len(pieces) < MAX_ROWS:
        node = stack.pop()
        if isinstance(node, str):
            # References and the like; a dollar that is printed is written twice.
            pieces.append(
                node.removeprefix("$") if node.startswith("$$") else "" if node[:1] == "$" else node
            )
        elif isinstance(node, list):
            if len(node) > 3 and node[0] == "$":
                if isinstance(node[3], dict):
                    stack.append(node[3].get("children"))
            else:
                stack.extend(reversed(node))
    return " ".join("".join(pieces).split())
