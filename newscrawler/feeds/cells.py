r"""Values as the text of one spreadsheet cell. Every rule can be undone, and this is where all are written down.

- A list is joined with `; `. A value that holds `;`, starts with `"` or a space, ends with a space, or is empty
  is put in double quotes, those inside doubled: `"Ann; Bob, Jr"; Cem`. `split_list` undoes it.
- A record is `name=value | name=value`, unknown values left out; a mapping is a list of `name=value`.
- Control characters (but tab and newline) and lone surrogates are written `\u0007`; backslashes
  before one, or before such a text in the original, are doubled. `unescape` undoes it.
- In CSV a text that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab or newline at its start, also
  full-width) gets a `'` in front, and so does one that has such a `'` already. `unguard` undoes it. See OWASP,
  "CSV Injection". XLSX needs no mark: there the cell has the type of a text.
- No cell holds more than 32,767 UTF-16 units, Excel's limit; what is longer ends in a mark with its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

MOST = 32_767  # Excel's limit for a cell, in UTF-16 units
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff"
_UNSAFE = re.compile(f"[{_CONTROLS}]")
_BEFORE_ESCAPE = re.compile(rf"\\+(?=u[0-9a-f]{{4}}|[{_CONTROLS}])")
_ESCAPED = re.compile(r"(\\+)u([0-9a-f]{4})")
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_ITEM = re.compile(r'"((?:[^"]|"")*)"(?:; |$)|((?:[^;"])[^;]*)(?:; |$)')


def cell_text(value: Any) -> str:
    """The value as text: escaped, not yet guarded or cut."""
    if isinstance(value, str):
        return escape(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return join_list(f"{escape(str(key))}={cell_text(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return join_list(_record(item) if isinstance(item, Mapping) else cell_text(item) for item in value)
    return escape(str(value))


def join_list(values: Iterable[str]) -> str:
    """One text for a list of texts."""
    return "; ".join(_quoted(value) for value in values)


def split_list(text: str) -> list[str]:
    """The list that `join_list` joined."""
    return [
        match[1].replace('""', '"') if match[1] is not None else match[2] for match in _ITEM.finditer(text)
    ]


def escape(text: str) -> str:
    """Text without control characters and lone surrogates."""
    if "\\u" not in text and text.replace("\n", "").isprintable():
        return text  # neither control characters nor surrogates are printable
    if "\\" in text:
        text = _BEFORE_ESCAPE.sub(_doubled, text)
    return _UNSAFE.sub(_escape, text)


def unescape(text: str) -> str:
    """The text that `escape` was given."""
    return _ESCAPED.sub(_unescaped, text)


def guard(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def cut(text: str, most: int = MOST) -> tuple[str, bool]:
    """The text, or its beginning and a mark with its length; and True if it was cut."""
    if len(text) * 2 <= most or _units(text) <= most:
        return text, False
    mark = f" … [cut: the whole has {len(text):,} characters]"
    kept = text[: most - len(mark)]
    if (over := _units(kept) + len(mark) - most) > 0:
        kept = kept.encode("utf-16-le")[: -2 * over].decode("utf-16-le", "ignore")
    return kept + mark, True


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _quoted(value: str) -> str:
    if not value or ";" in value or value[0] in '" ' or value[-1] == " ":
        return '"' + value.replace('"', '""') + '"'
    return value


def _record(record: Mapping[str, Any]) -> str:
    return " | ".join(f"{key}={cell_text(value)}" for key, value in record.items() if value is not None)


def _doubled(match: re.Match[str]) -> str:
    return match[0] * 2


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _unescaped(match: re.Match[str]) -> str:
    backslashes, code = match[1], match[2]
    kept = "\\" * (len(backslashes) // 2)
    return kept + (chr(int(code, 16)) if len(backslashes) % 2 else f"u{code}")
