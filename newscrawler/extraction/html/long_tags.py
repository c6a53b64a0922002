"""Start tags of thousands of attributes, for which parsers take the square of their number."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import thread_time

MAX_ATTRIBUTES = 4000  # of a tag longer than two strides; one such takes libxml2 some 20 ms
_STRIDE = 16_384  # bytes
_HARMLESS = 4 * _STRIDE  # bytes of a page: were it all one tag, it would take 0.3 s
# Attributes as tokenizers read them (HTML Standard, 13.2.5.32 to 13.2.5.40). All is possessive: nothing is read twice.
_SPACE = rb"[\t\n\f\r ]*+"
_VALUE = rb"""(?:"[^"]*+"|'[^']*+'|[^\t\n\f\r >"'][^\t\n\f\r >]*+|(?=>))"""
_IS_VALUE = rb"(?:%b=%b%b|(?!%b=))" % (_SPACE, _SPACE, _VALUE, _SPACE)
_ATTRIBUTE = rb"[^\t\n\f\r />][^\t\n\f\r />=]*+" + _IS_VALUE
_END = rb"(?:[\t\n\f\r /]++|%b)*+>" % _ATTRIBUTE
_NAME = rb"<[a-zA-Z][^\t\n\f\r />]*+"
_START = re.compile(rb"<[a-zA-Z]")
_TAG = re.compile(_NAME + _END)
_MANY = re.compile(_NAME + rb"(?:[\t\n\f\r /]*+%b){%d}+" % (_ATTRIBUTE, MAX_ATTRIBUTES))
# The rest of a tag from within quotes.
_RESTS = [(quote, re.compile(rb"[^%b]*+%b%b" % (quote, quote, _END))) for quote in (b'"', b"'")]
_SPACES = b"\t\n\f\r "
_BEFORE_VALUE = b"=" + _SPACES
_MOST_SPACE = 40  # bytes between an equals sign and its quote that are looked at


def place_of_long_tag(body: bytes, is_markup: Callable[[int], bool], deadline: float) -> int | None:
    """The place of the first start tag that is to be left out with all that follows it; None when there is none.

    A look at a `>` in every stride shows that most pages have no such tag: one that has it within would end there, or
    soon after, whatever a tokenizer takes the bytes for. Where that is not so, the tags that begin before are read.
    `is_markup`: true for a place that is not within a script. A page that is so tangled that it takes until `deadline`
    (processor time of this thread) is left out from where the search is then.
    """
    if len(body) <= _HARMLESS:
        return None
    first = 0  # no long tag begins before
    for stride in range(_STRIDE, len(body) - _STRIDE, _STRIDE):
        end = stride + _STRIDE
        place = body.find(b">", stride, end)
        if place < 0 or not _ends(body, first, place, end):
            place = stride
            nearer = body.rfind(b">", first, place)
            if nearer >= 0 and _ends(body, first, nearer, place):
                first = nearer
            for found in _START.finditer(body, first, place + 1):
                start = found.start()
                if _TAG.match(body, start, end) is None and _MANY.match(body, start) and is_markup(start):
                    return start
                if thread_time() > deadline:
                    return start
        first = place
    return None


def _ends(body: bytes, first: int, place: int, end: int) -> bool:
    """True when a tag that begins at `first` or later, and before the `>` at `place`, would end before `end`."""
    for quote, rest in _RESTS:
        opening = body.rfind(quote, first, place)
        may_open = opening > 0 and body[opening - 1] in _BEFORE_VALUE and _may_open(body, first, opening)
        if may_open and rest.match(body, place, end) is None:
            return False
    return True


def _may_open(body: bytes, first: int, quote: int) -> bool:
    """True when the quote at this place, the last one, may begin a value."""
    before = body[max(first, quote - _MOST_SPACE) : quote].rstrip(_SPACES)
    return not before or before.endswith(b"=")
