"""Bytes to UTF-8: byte order mark, then the HTTP header, then the page's own declaration, then detection.

The order is the one of the WHATWG Encoding and HTML standards; beyond them, a declaration has to agree with the
bytes: text that is valid UTF-8 beyond ASCII is UTF-8 whatever is declared, a declared encoding that fails on the
bytes is passed over, and so is a Western one of a text that is plainly in another script.
"""

from __future__ import annotations

import re
from codecs import utf_8_decode

import cchardet
from w3lib.encoding import http_content_type_encoding, resolve_encoding

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MARKS = tuple(mark for mark, _ in _BOMS)
_META = re.compile(
    rb"""<meta[^<>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^<>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_PRESCAN = 8192  # bytes of the page in which a declaration is looked for; the standard asks for 1024
_SAMPLE = 100_000
_PIECE = 16_384
# Their bytes look like ASCII, so that valid UTF-8 says nothing against them.
_ESCAPING = frozenset(("iso2022_jp", "iso2022_kr", "hz", "utf-7", "utf-16-le", "utf-16-be", "utf-16"))
_LOST = "\ufffd"


def may_be_utf8(body: bytes) -> bool:
    """Whether a page is UTF-8, whatever it declares, if only the rest of it is as valid as its beginning.

    Pages with a byte order mark, or in encodings that look like ASCII, are told by what they declare.
    """
    if body.isascii() or b"\x00" in body[:400] or body.startswith(_MARKS):
        return False
    try:
        utf_8_decode(body[:_PIECE], "strict", False)
    except UnicodeDecodeError:
        return False
    return True


def to_utf8(body: bytes, content_type: str | None) -> tuple[bytes, str]:
    """`body` as valid UTF-8 without a byte order mark, and the name of the encoding it was in. Never raises."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace").encode("utf-8", "replace"), name
    valid = is_utf8(body)
    if valid and may_be_utf8(body):
        return body, "utf-8"
    declared = _declared(body, content_type)
    if valid and not any(name in _ESCAPING for name in declared):
        return body, "utf-8"
    if b"\x00" in body[:200]:
        for name, zero in (("utf-16-le", 1), ("utf-16-be", 0)):
            if body[zero:400:2].count(0) > 50:
                return body.decode(name, "replace").encode("utf-8", "replace"), name
    if not _WESTERN.isdisjoint(declared) and (foreign := _foreign(body)):
        return body.decode(foreign, "replace").encode("utf-8", "replace"), foreign
    best = ""
    best_name, fewest = "utf-8", len(body) + 1
    for name in declared:
        text = _decoded(body, name)
        if text is None:
            continue
        lost = text.count(_LOST)
        if name not in ("utf-8",):
            lost += sum(map(text.count, _CONTROLS))
        if lost == 0:
            return text.encode("utf-8", "replace"), name
        if lost < fewest:
            best, best_name, fewest = text, name, lost
    if not declared or fewest > 3 + _high_bytes(body) // 50:
        detected = _detected(body)
        guessed = _decoded(body, detected)
        if guessed is not None and guessed.count(_LOST) < fewest:
            best, best_name = guessed, detected
    return best.encode("utf-8", "replace"), best_name


def is_utf8(body: bytes) -> bool:
    """Whether the bytes are UTF-8: told piece by piece, so that no second copy of the page is made."""
    view, place = memoryview(body), 0
    try:
        while place < len(body):
            whole = place + _PIECE >= len(body)
            place += utf_8_decode(view[place : place + _PIECE], "strict", whole)[1]
    except UnicodeDecodeError:
        return False
    return True


# What the C1 range of a wrong single-byte encoding turns into.
_CONTROLS = tuple(map(chr, (0x81, 0x8D, 0x8F, 0x90, 0x9D)))


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """The encodings that the header and the page declare, as Python names, each once."""
    names = []
    header = http_content_type_encoding(content_type) if content_type else None
    if header:
        names.append(header)
    for match in _META.finditer(body, 0, _PRESCAN):
        name = resolve_encoding((match.group(1) or match.group(2)).decode("ascii", "replace"))
        if name and not name.startswith("utf-16"):  # a declaration that was read as ASCII cannot be UTF-16
            names.append(name)
        if len(names) > 3:
            break
    return list(dict.fromkeys(names))


def _decoded(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name, "replace")
    except (LookupError, UnicodeError, ValueError):
        return None


def _high_bytes(body: bytes) -> int:
    return len(body) - len(body.translate(None, _HIGH))


_HIGH = bytes(range(128, 256))
_MARKUP = re.compile(rb"<[^<>]*>")


# What servers declare out of habit; resolve_encoding gives the Windows name for the ISO one.
_WESTERN = frozenset(("cp1252", "iso8859-1", "latin-1"))
_SCRIPT = re.compile(rb"<(?:script|style)\b", re.IGNORECASE)
_LETTERS = re.compile(rb"[A-Za-z\xa1-\xff]")
_RUN = re.compile(rb"[\xa1-\xff]{3,}")
_LEAST = 100  # bytes of such runs
_MOST_MISSED = 0.05  # share of what does not decode to letters of another script


def _foreign(body: bytes) -> str | None:
    """The encoding of a text in another script that is declared as Western European; None where there is doubt.

    Western words have a letter beyond ASCII here and there; words of other scripts are made of such alone. A page of
    which that is true, that is detected as something else and then decodes to letters, was declared wrongly.
    """
    first, *scripts = _SCRIPT.split(body[:_SAMPLE])
    text = _MARKUP.sub(b" ", first + b" ".join([script.partition(b"</s")[2] for script in scripts]))
    high = _high_bytes(text)
    runs = _RUN.findall(text)
    gathered = sum(map(len, runs))
    if gathered < _LEAST or gathered * 2 < high or high * 3 < len(_LETTERS.findall(text)):
        return None
    name = resolve_encoding(cchardet.detect(text).get("encoding") or "") or ""
    if not name or name in _WESTERN:
        return None
    decoded = _decoded(text, name) or ""
    foreign = [letter for letter in decoded if not letter.isascii() and not letter.isspace()]
    missed = sum(1 for letter in foreign if letter == _LOST or letter < "\u0370")
    return name if foreign and missed <= len(foreign) * _MOST_MISSED else None


def _detected(body: bytes) -> str:
    """Detection works on the text alone: markup in ASCII drowns a short foreign text."""
    text = _MARKUP.sub(b" ", body[:_SAMPLE])
    if not _high_bytes(text):
        text = body
    found = cchardet.detect(text)
    return resolve_encoding(found.get("encoding") or "") or "cp1252"
