"""The one parse of a page, bounded: whatever its bytes are, it ends within a fraction of a second."""

from __future__ import annotations

import re
from contextlib import suppress
from time import thread_time
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.html.decoding import is_utf8, may_be_utf8, to_utf8
from newscrawler.extraction.html.long_tags import place_of_long_tag

# Of a page that are read; the rest of a longer one is left out. The most that 1400 saved pages of news sites have are
# 5.4 million bytes, 20,100 tags and 0.9 million characters.
MAX_BYTES = 10_000_000
MAX_TAGS = 40_000
MAX_TEXT = 1_000_000  # characters outside scripts and styles
_MAX_SECONDS = (
    0.3  # of processor time, three times what 10 MB of text take; what is not parsed by then is left out
)
_AT_ONCE = 131_072  # bytes of a page that need no look at the clock: whatever they are, they take 0.3 s
_PIECE = 32_768  # bytes that are parsed between two looks at the clock
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what lxml sets in no text
_EMPTY = b"<html><body></body></html>"
_INVALID = etree.ErrorTypes.ERR_INVALID_ENCODING
_MOST_ERRORS = 100  # that the parser reports (XML_MAX_ERRORS of libxml2)


class Parsed(NamedTuple):
    """The tree of a page, the name of its encoding, and why its end was left out if it was."""

    root: etree._Element
    encoding: str
    cut: str | None


def parse(body: bytes, content_type: str | None) -> Parsed:
    """The page's tree. Never raises."""
    is_long = f"more than {MAX_BYTES} bytes" if len(body) > MAX_BYTES else None
    body = body[:MAX_BYTES]
    deadline = thread_time() + _MAX_SECONDS
    if may_be_utf8(body):
        root, errors, cut = _parsed(body, deadline)
        # The parser has looked at every byte: to decode the page as well would cost another tenth of the parse.
        if not any(error.type == _INVALID for error in errors) and (
            len(errors) < _MOST_ERRORS or is_utf8(body)
        ):
            return Parsed(root, "utf-8", cut or is_long)
    utf8, encoding = to_utf8(body, content_type)
    root, _, cut = _parsed(utf8, deadline)
    return Parsed(root, encoding, cut or is_long)


def _parsed(utf8: bytes, deadline: float) -> tuple[etree._Element, etree._ListErrorLog, str | None]:
    """The tree of a page, what the parser has to say about it, and why it was cut if it was."""
    size, cut = len(utf8), None
    if size > 3 * MAX_TAGS and utf8.count(b"<") > MAX_TAGS:
        utf8 = utf8[: size - len(utf8.split(b"<", MAX_TAGS)[-1]) - 1]
        cut = f"more than {MAX_TAGS} tags"
    if b"\x00" in utf8:
        utf8 = utf8.replace(b"\x00", b"")
    place = place_of_long_tag(utf8, lambda at: _is_markup(utf8[:at], deadline), deadline)
    if place is not None:
        cut = "a tag of thousands of attributes"
    root, errors = _fed(utf8[:place], deadline)
    if len(utf8) > _AT_ONCE and thread_time() > deadline:
        cut = "parsing took too long"
    if root is None:
        return etree.fromstring(_EMPTY, etree.HTMLParser()), errors, cut
    if root.getnext() is not None:
        # What follows `</html>` is of the body (HTML Standard, "after after body"); the parser makes roots of it.
        body = root.find("body")
        for rest in list(root.itersiblings()):
            (root if body is None else body).append(rest)
    if len(utf8) > MAX_TEXT and _cut_text(root):
        cut = cut or f"more than {MAX_TEXT} characters of text"
    return root, errors, cut


def _fed(utf8: bytes, deadline: float) -> tuple[etree._Element | None, etree._ListErrorLog]:
    """The tree of what is parsed until `deadline`."""
    parser = etree.HTMLParser(
        encoding="utf-8",
        recover=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        collect_ids=False,  # a table that nobody looks into, at a twentieth of the parse
    )
    root = None
    if len(utf8) <= _AT_ONCE:
        with suppress(etree.XMLSyntaxError):
            root = etree.fromstring(utf8 or _EMPTY, parser)
        return root, parser.error_log
    with suppress(etree.XMLSyntaxError):
        for start in range(0, len(utf8), _PIECE):
            parser.feed(utf8[start : start + _PIECE])
            if thread_time() > deadline:
                break
        root = parser.close()
    return root, parser.feed_error_log


def _is_markup(utf8: bytes, deadline: float) -> bool:
    """True when a tag would be one behind bytes like these: they do not end within a script, a comment, a value."""
    last, _ = _fed(utf8 + b"<p>", deadline)
    while last is not None and len(last):
        last = last[-1]
    return thread_time() > deadline or (last is not None and last.tag == "p" and not last.text)


def _cut_text(root: etree._Element) -> bool:
    """Leave out the text beyond `MAX_TEXT`; True when there was any."""
    left, cut = MAX_TEXT, False
    for element in root.iter(etree.Element):
        if element.tag not in ("script", "style") and (text := element.text):
            if len(text) > left:
                element.text, cut = _UNFIT.sub("", text[:left]), True
            left = max(0, left - len(text))
        if tail := element.tail:
            if len(tail) > left:
                element.tail, cut = _UNFIT.sub("", tail[:left]), True
            left = max(0, left - len(tail))
    return cut
