"""What paragraphs of a story enclose is text, line by line."""

from __future__ import annotations

import pytest
from lxml import html

from newscrawler.extraction.body.enclosed_parts import joined, with_enclosed_parts
from newscrawler.extraction.body.segmentation import segment

_LINE = "The ferry was late again on Monday, said the harbour, and nobody knew why."


def kept(part: str, after: str = f"<p>{_LINE}") -> list[str]:
    """The lines of a part behind a paragraph that are added, when all paragraphs directly in the box are chosen."""
    blocks = segment(
        html.document_fromstring(f"<div class=text><p>{_LINE}<p>It sails:</p>{part}{after}</div>")
    )
    chosen = [at for at, block in enumerate(blocks) if block.box.tag == "p" and block.box.parent.tag == "div"]
    return [blocks[at].text for at in with_enclosed_parts(blocks, chosen) if at not in chosen]


@pytest.mark.parametrize(
    "part",
    [
        "<ul><li><p>at six</p></li><li><p>at nine</p></li></ul>",
        "<ol><li><div>at six</div></li><li>at nine</li></ol>",
        "<ul><li>at six<ul><li>at nine</li></ul></li></ul>",
        "<dl><dt>at six</dt><dd>at nine</dd></dl>",
        "<table><tr><td>at six<td>at nine</table>",
        "<blockquote><p>at six</p>at nine</blockquote>",
    ],
)
def test_parts_between_paragraphs_are_text(part):
    assert kept(part) == ["at six", "at nine"]
    assert kept(part, after="") == ["at six", "at nine"], "announced by a colon"
    assert not kept(f"</div><div>{part}", after=""), "in another box"


def test_lists_of_links_and_of_other_stories_are_none():
    assert not kept("<ul><li><a href=1>at six</a></li><li>at <a href=2>nine</a></li></ul>")
    assert not kept("<ul class='related-stories'><li>at six</li></ul>")
    assert not kept("<ul><li>at six</li></ul>", after="<h3>More</h3>").count("More")


def test_rows_are_lines_with_tabs_between_their_cells():
    blocks = segment(
        html.document_fromstring(
            f"<p>{_LINE}<table><tr><th>day<th>boats<tr><td>Monday<td><ul><li>at six<li>at nine</ul></table><p>It sails."
        )
    )
    everything = range(len(blocks))
    text = joined(blocks, everything, [block.text for block in blocks])
    assert text == f"{_LINE}\n\nday\tboats\nMonday\tat six at nine\n\nIt sails."


def test_tables_of_layout_are_paragraphs():
    blocks = segment(html.document_fromstring(f"<table><tr><td><p>{_LINE * 3}<p>{_LINE * 3}<td>a</table>"))
    text = joined(blocks, range(2), [block.text for block in blocks[:2]])
    assert text == f"{_LINE * 3}\n\n{_LINE * 3}"
