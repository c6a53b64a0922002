"""JSON-LD as publishers write it: with comments, CDATA marks, several objects in one script, and faults.

Sources: JSON-LD 1.1, section 7 (embedding in HTML); ECMA-404; the faults are those of public bug reports.
"""

from __future__ import annotations

import json
import re
from typing import Any

# Around the value: byte order marks, comments, CDATA sections and their comments, ends of statements.
_MARK = re.compile(
    r"[\s\ufeff;]+|<!--|-->|(?://|/\*)?\s*(?:<!\[CDATA\[|\]\]>)(?:\s*\*/)?|//[^\n]*|/\*.{0,2000}?\*/", re.S
)
_TRAILING_COMMA = re.compile(r",\s*([\]}])")
_BAD_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|(.))', re.S)
_TOKEN = re.compile(r'\\.|"|[^"\\]+', re.S)
_AFTER_TEXT = re.compile(r'\s*(?:[}\]:]|,\s*["{\[\d\]}tfn-]|$)')  # where a text may end
_MOST_VALUES = 100  # in one script


def parse_json_ld(text: str) -> list[Any]:
    """The values of a script, each repaired where that is sure; empty when nothing can be read. Never raises."""
    values = _values(text)
    if values is None:
        values = _values(_TRAILING_COMMA.sub(r"\1", _repaired(text)))
    return values or []


def _values(text: str) -> list[Any] | None:
    """All values one after the other; None when something between them is no JSON."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    at = _after_marks(text, 0)
    while at < len(text) and len(found) < _MOST_VALUES:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        found.append(value)
        at = _after_marks(text, at)
        if text[at : at + 1] == ",":  # objects of a list that lost its brackets
            at = _after_marks(text, at + 1)
    return found


def _after_marks(text: str, at: int) -> int:
    while (mark := _MARK.match(text, at)) is not None and mark.end() > at:
        at = mark.end()
    return at


def _repaired(text: str) -> str:
    """The text with quotes inside of texts escaped, and without escapes that JSON does not know (`\\'`)."""
    parts: list[str] = []
    inside = False
    for token in _TOKEN.finditer(text):
        piece = token[0]
        if piece == '"':
            if not inside:
                inside = True
            elif _AFTER_TEXT.match(text, token.end()):
                inside = False
            else:
                piece = '\\"'
        elif inside and piece[0] == "\\":
            piece = _BAD_ESCAPE.sub(lambda escape: escape[0] if escape[1] else escape[2], piece)
        parts.append(piece)
    return "".join(parts)
