"""What a page does not show is no part of its story."""

from __future__ import annotations

from time import process_time

import pytest

from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.unseen import unseen


def unseen_ids(body: str, style: str = "") -> list[str]:
    page = f"<html><head><style>{style}</style></head><body>{body}</body></html>"
    document = Document(page.encode(), "https://example.org/news/1/ferry")
    return sorted(str(element.get("id")) for element in unseen(document))


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        'style="display: none"',
        'style="color:red;visibility:hidden"',
        'style="position: absolute; clip: rect(0px, 0px, 0px, 0px)"',
        "class=sr-only",
        "class='more screen-reader-text'",
        "class=visuallyHidden",
    ],
)
def test_hidden_by_its_own_mark_up(attributes):
    assert unseen_ids(f"<p>The ferry is <span id=it {attributes}>x</span> late</p>") == ["it"]
    assert not unseen_ids(f"<p>The ferry is <span id=it data-{attributes.replace(' ', '')}>x</span> late</p>")


@pytest.mark.parametrize(
    ("style", "found"),
    [
        (".tip, .note { color: red; display : none }", ["it"]),
        ("/* } */ #it{visibility:hidden}", ["it"]),
        (".page .tip{display:none}", []),
        ("@media (max-width: 600px) { .note{color:red} .tip{display:none} }", []),
        ("@media print { .note{color:red} } .tip{display:none}", ["it"]),
        (".tip{display:none} @media (min-width: 600px) { .tip{display:block} }", []),
        (".tip{display:none} .tip.is-open{display:block}", ["it"]),
    ],
)
def test_hidden_by_the_style_sheet(style, found):
    assert unseen_ids("<p>The ferry is <span id=it class='tip x'>x</span> late</p>", style) == found


@pytest.mark.parametrize("piece", ["/*", "{", ".a{display:none}", ".a,", "}display:none", ".a{"])
def test_large_style_sheets(piece):
    start = process_time()
    unseen_ids("<p class=a>x</p>", piece * (300_000 // len(piece)))
    assert process_time() - start < 3
