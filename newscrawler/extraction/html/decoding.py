"""Bytes to UTF-8: byte order mark, then the HTTP header, then the page's own declaration, then detection.

The order is the one of the WHATWG Encoding and HTML standards; beyond them, a declaration has to agree with the
bytes: text that is valid UTF-8 beyond ASCII is UTF-8 whatever is declared, a declared encoding that fails on the
bytes is passed over, and so is a Western one of a text that is plainly in another script.
"""

from __future__ import annotations

import re
from codecs import lookup, utf_8_decode

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
_ESCAPE = b"\x1b$B"  # to Japanese, in ISO-2022-JP; in nothing else that is on the web
_LOST_ESCAPES = re.compile("[\ufffd\x1b]")
# What a detector may find: the encodings that browsers know, by Python's names (WHATWG Encoding Standard, 4.2). Others,
# such as those of DOS, are found in Western texts alone.
_OF_THE_WEB = frozenset(
    [f"cp{number}" for number in (866, 874, 932, 949, *range(1250, 1259))]
    + [f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)]
    + ["utf-8", "koi8-r", "koi8-u", "mac-cyrillic", "gb2312", "gbk", "gb18030", "big5", "big5hkscs"]
    + ["euc_jp", "iso2022_jp", "shift_jis", "euc_kr"]
)


def may_be_utf8(body: bytes) -> bool:
    """True when a page is UTF-8, whatever it declares, if only the rest of it is as valid as its beginning.

    Pages with a byte order mark, or in encodings that look like ASCII, are decoded by what they declare.
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
    if valid and _ESCAPE in body:
        japanese = body.decode("iso2022_jp", "replace")
        if not _LOST_ESCAPES.search(japanese):
            return japanese.encode("utf-8", "replace"), "iso2022_jp"
    if valid and not any(name in _ESCAPING for name in declared):
        return body, "utf-8"
    if b"\x00" in body[:200]:
        for name, zero in (("utf-16-le", 1), ("utf-16-be", 0)):
            if body[zero:400:2].count(0) > 50:
                return body.decode(name, "replace").encode("utf-8", "replace"), name
    if not _WESTERN.isdisjoint(declared) and (foreign := _of_language(body) or _foreign(body)):
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
    """True when the bytes are UTF-8; checked piece by piece, so that no second copy of the page is made."""
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


def _of_language(body: bytes) -> str | None:
    """The encoding of a page's language that makes more of its letters of the bytes than the declared Western one."""
    declared = _LANGUAGE.search(body, 0, _PRESCAN)
    if declared is None or (language := declared[1].decode("ascii").lower()) not in _BEYOND_WESTERN:
        return None
    names, letters = _BEYOND_WESTERN[language]
    text = _MARKUP.sub(b" ", body[:_SAMPLE])
    read = {name: (_decoded(text, name) or "").lower() for name in ("cp1252", *names)}
    best = max(read, key=lambda name: sum(map(read[name].count, letters)))
    return best if best != "cp1252" else None


_LANGUAGE = re.compile(rb"""<html\b[^<>]{0,300}?\slang\s*=\s*["']?([a-z]{2})\b""", re.IGNORECASE)
_TURKISH, _CENTRAL, _BALTIC = ("cp1254",), ("cp1250", "iso8859-2"), ("cp1257", "iso8859-13")
# Languages with letters that the Western encoding has not: what they are written in, and letters beyond ASCII.
_BEYOND_WESTERN = {
    "az": (_TURKISH, "çəğıöşü"),
    "bs": (_CENTRAL, "čćđšž"),
    "cs": (_CENTRAL, "áčďéěíňóřšťúůýž"),
    "hr": (_CENTRAL, "čćđšž"),
    "hu": (_CENTRAL, "áéíóöőúüű"),
    "lt": (_BALTIC, "ąčęėįšųūž"),
    "lv": (_BALTIC, "āčēģīķļņšūž"),
    "pl": (_CENTRAL, "ąćęłńóśźż"),
    "ro": (("iso8859-16", *_CENTRAL), "ăâîşțţș"),
    "sk": (_CENTRAL, "áäčďéíĺľňóôŕšťúýž"),
    "sl": (_CENTRAL, "čšž"),
    "tr": (_TURKISH, "çğıöşü"),
}


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
    name = _guess(text)
    if name is None or name in _WESTERN:
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
    return _guess(text) or "cp1252"


def _guess(text: bytes) -> str | None:
    """The encoding that a text looks like, None where that is none of the web's."""
    name = resolve_encoding(cchardet.detect(text).get("encoding") or "")
    try:
        name = lookup(name).name if name else ""
    except LookupError:
        return None
    if name == "koi8-r":
        return "koi8-u"  # the same but for eight signs that draw boxes there and are Ukrainian letters here
    return name if name in _OF_THE_WEB else None
