"""Tags of thousands of attributes are left out; those of a few long ones, and what only looks like a tag, are not."""

from __future__ import annotations

import random
import re
from time import thread_time

import pytest

from newscrawler.extraction.html import long_tags
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.long_tags import MAX_ATTRIBUTES, place_of_long_tag

URL = "https://example.org/news/1"
BEFORE = b"<html><body><h1>Kept</h1><p>Some text.</p>" * 20
TOO_MANY = range(10 * MAX_ATTRIBUTES)


@pytest.mark.parametrize("value", ["=1 ", " ", "='>' ", '="<p>" ', " = '>' ", '="\'>" '])
@pytest.mark.parametrize("before", [b"", b"<!-- <a ' -->", b"<script>if (a<b) '</script>"])
def test_a_tag_of_too_many_attributes_ends_the_page(value: str, before: bytes) -> None:
    tag = (
        b"<div " + "".join(f"a{number}{value}" for number in TOO_MANY).encode() + b"><em>left out</em></div>"
    )
    document = Document(BEFORE + before + tag, URL)
    assert document.index.by_tag["h1"][0].text == "Kept"
    assert document.index.by_tag["em"] == []


@pytest.mark.parametrize(
    "long",
    [
        b"<div data-page='" + b'{"a": "b c>"}, ' * 60_000 + b"'>",
        b'<div style="' + b"color: red; " * 60_000 + b'">',
        b"<script>for (i = 0; i<n; i = 'a b') " + b"x = 'y z'; " * 60_000 + b"</script>",
        b"<p>" + b"a < b and c " * 30_000,
        b"<!-- " + b"a b " * 60_000 + b"-->",
    ],
)
def test_what_is_long_for_another_reason_is_kept(long: bytes) -> None:
    document = Document(BEFORE + long + b"<em>kept</em>", URL)
    assert len(document.index.by_tag["em"]) == 1


def test_no_long_tag_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """In tangles of quotes, equals signs and tags, with strides of few bytes."""
    many = long_tags._MANY.pattern.replace(b"{%d}" % MAX_ATTRIBUTES, b"{3}")
    monkeypatch.setattr(long_tags, "_STRIDE", 16)
    monkeypatch.setattr(long_tags, "_HARMLESS", 0)
    monkeypatch.setattr(long_tags, "_MANY", re.compile(many))
    pieces = [b"a", b"b ", b" ", b"=", b'"', b"'", b"/", b">", b'="', b"='", b"<p ", b"<a", b"< ", b"c d e "]
    rng, long = random.Random(7), 0
    for _ in range(4000):
        body = b"".join(rng.choices(pieces, k=rng.randrange(20, 90)))
        place = place_of_long_tag(body, lambda at: True, thread_time() + 60)
        for found in long_tags._START.finditer(body):
            tag = long_tags._TAG.match(body, found.start())
            if tag and len(tag[0]) >= 48 and long_tags._MANY.match(body, found.start()):
                long += 1
                assert place is not None, body
                assert place <= found.start(), body
    assert long > 1000
