"""The standfirst of a story, where its page marks it as one."""

from __future__ import annotations

from newscrawler.extraction.body.segmentation import Block
from newscrawler.extraction.html.class_vocabulary import LEAD
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.text import clean_line

_SHORTEST, _LONGEST = 30, 1200  # characters of a standfirst


def find_lead(
    document: Document, selectors: Selectors, blocks: list[Block], chosen: list[int], headline: str
) -> tuple[str | None, str, int]:
    """The standfirst where the page marks it as one, how it was found, and its place among the blocks."""
    for element in selectors.select(document.root, "lead"):
        text = clean_line("".join(map(str, element.itertext())))
        if text:
            return text, "profile", -1
    if not chosen:
        return None, "dom", -1
    first = chosen[0]
    for at in range(max(0, first - 6), min(first + 2, len(blocks))):
        block = blocks[at]
        if is_marked_lead(block) and block.text != headline and (len(chosen) > 1 or at != first):
            return clean_line(block.text), "dom", at
    return None, "dom", -1


def is_marked_lead(block: Block) -> bool:
    """True for a line of a standfirst's length whose element, or the box of its paragraph, is named as a standfirst."""
    size = len(block.text)
    box = block.box
    box.read()
    names = box.hints | (box.parent.hints if box.parent is not None and box.tag == "p" else 0)
    return bool(names & LEAD) and _SHORTEST <= size <= _LONGEST and block.linked * 2 < size
