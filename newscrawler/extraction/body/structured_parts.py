"""The lines of recipes, instructions and questions that a page declares in JSON-LD.

schema.org Recipe, HowTo and FAQPage. Such lines are short and in lists and tables, where they look like
furniture; the declaration shows that they are text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from newscrawler.extraction.body.embedded_text import paragraphs_of
from newscrawler.extraction.body.segmentation import Block, Box
from newscrawler.extraction.html.document import Document

_PARTS = {
    "Recipe": ("description", "recipeIngredient", "ingredients", "recipeInstructions"),
    "HowTo": ("description", "supply", "tool", "step", "steps"),
    "FAQPage": ("mainEntity",),
}
# What holds the text of a part, in the order in which it is printed.
_INNER = ("name", "headline", "itemListElement", "text", "description", "acceptedAnswer", "step")
_MOST_LINES, _MOST_CHARACTERS = 400, 20_000
_SHORTEST = 8  # characters of a block that is a part of a declared line
_COVERED = 0.6  # of a declared line, by a block that is a part of it
_PROSE = 40  # characters from which a block may be any part of one


def declared_lines(document: Document) -> list[str]:
    """The lines of the recipe, instructions or questions of a page, in order; empty for most pages."""
    lines: list[str] = []
    for node in document.json_ld:
        kinds = node.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            for name in _PARTS.get(kind, ()) if isinstance(kind, str) else ():
                for text in _texts(node.get(name), 0):
                    lines += paragraphs_of(text[:_MOST_CHARACTERS]).split("\n\n")
                    if len(lines) > _MOST_LINES:
                        return lines[:_MOST_LINES]
    return [line for line in lines if line]


def _texts(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value[:_MOST_LINES]:
            yield from _texts(each, depth + 1)
    elif isinstance(value, dict) and depth < 8:
        texts = [text for name in _INNER for text in _texts(value.get(name), depth + 1)]
        yield from dict.fromkeys(texts)


def declared_blocks(blocks: Sequence[Block], lines: Sequence[str]) -> set[int]:
    """The places of the blocks that print declared lines, and of those beside them in the same row of a table."""
    if not lines:
        return set()
    folded = [line.casefold() for line in lines]
    whole, joined = set(folded), "\n".join(folded)
    found: set[int] = set()
    rows: set[Box] = set()
    for at, block in enumerate(blocks):
        text = block.text.casefold()
        if text in whole or (len(text) >= _SHORTEST and text in joined and _is_part(text, folded)):
            found.add(at)
            if block.box.tag in ("td", "th") and block.box.parent is not None:
                rows.add(block.box.parent)
    if rows:
        found |= {at for at, block in enumerate(blocks) if block.box.parent in rows}
    return found


def _is_part(text: str, lines: Sequence[str]) -> bool:
    return len(text) >= _PROSE or any(text in line and len(text) >= _COVERED * len(line) for line in lines)
