"""Stories that stand only in a Next.js flight stream."""

from __future__ import annotations

import json

import pytest

from newscrawler.extraction import extract
from newscrawler.extraction.body.nextjs_flight import flight_rows, spoken

URL = "https://example.org/news/2024/05/bridge-opens-after-two-years-of-work"
PARAGRAPHS = [
    "The bridge over the harbour opened to traffic on Monday, two years after work on it had begun, the city said.",
    "$40 million is what it cost in the end, a third more than the council had been told when it voted for the repair.",
    "Drivers who had taken the long way round for two winters were the first across, a little after six o’clock.",
]


def page(stream: str, *, piece: int = 90) -> bytes:
    """A page whose stream is split over scripts, in the middle of rows and words, as servers do."""
    pieces = [stream[at : at + piece] for at in range(0, len(stream), piece)]
    scripts = "".join(f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)
    head = '<title>Bridge opens after two years of work</title><meta property="og:type" content="article">'
    return f"<html><head>{head}</head><body><div id=root></div>{scripts}</body></html>".encode()


def elements() -> str:
    # A string that begins with a dollar is written with two.
    children = [
        ["$", "p", None, {"children": [text.replace("$", "$$"), ["$", "b", None, {"children": ""}]]}]
        for text in PARAGRAPHS
    ]
    return json.dumps(["$", "article", None, {"children": children}])


@pytest.mark.parametrize(
    "rows",
    [
        f'0:["$","$L1",null,{{}}]\n1:I[123,[],"default"]\n2:{elements()}\n',
        "3:" + json.dumps({"article": {"body": "".join(f"<p>{text}</p>" for text in PARAGRAPHS)}}) + "\n",
        f"4:T{len(''.join(f'<p>{text}</p>' for text in PARAGRAPHS).encode()):x},"
        + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
        + '5:{"body":"$4"}\n',
    ],
    ids=["elements", "json", "text"],
)
def test_a_story_in_the_stream_is_the_body(rows: str) -> None:
    story = extract(page(rows), URL, "text/html; charset=utf-8")
    assert story is not None, "no story found"
    assert story.body.split("\n\n") == PARAGRAPHS
    assert story.sources["body"] == "state"


@pytest.mark.parametrize(
    "stream",
    [
        "",
        ":",
        "1:",
        "1:T",
        "1:Tffffff,short",
        "1:[",
        "1:" + "[" * 100_000,
        "\n" * 100_000,
        "zz\n1:{}",
        "1:Tzz,\n2:[1]",
    ],
)
def test_broken_streams_are_survived(stream: str) -> None:
    scripts = [f"self.__next_f.push([1,{json.dumps(stream)}])", "self.__next_f.push([1", "__next_f.push([])"]
    assert "".join(spoken(row) for row in flight_rows(scripts)) == ""
