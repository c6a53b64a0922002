"""Lists, tables, quotes and code that a story's paragraphs enclose: they are text, however short their lines."""

from __future__ import annotations

from collections.abc import Sequence

from newscrawler.extraction.body.segmentation import Block, Box
from newscrawler.extraction.html.class_vocabulary import COMMENTS, RELATED

_PARTS = frozenset(("ul", "ol", "dl", "table", "blockquote", "pre"))
_LINKED = 0.3  # share of linked text from which a list is one of links
_LONGEST_CELL = 200  # characters of a line in a table of data
_MOST_UP = 12  # boxes from a line to its row


def with_enclosed_parts(blocks: Sequence[Block], chosen: Sequence[int]) -> list[int]:
    """The places of `chosen` blocks and those of lists and tables between them, beside paragraphs of one box."""
    known = set(chosen)
    found = set(chosen)
    end = len(blocks)
    for before in chosen:
        start = before + 1
        part = _part(blocks[start].box) if start < end else None
        if part is None or part.parent is None or _is_in(blocks[before].box, part):
            continue
        stop = start + 1
        while stop < end and _is_in(blocks[stop].box, part):
            stop += 1
        places = range(start, stop)
        if (
            not known.issuperset(places)
            and (stop in known or blocks[before].text.endswith((":", "：")))
            and _is_in(blocks[before].box, part.parent)
            and (stop not in known or _is_in(blocks[stop].box, part.parent))
            and _is_text(part, [blocks[at] for at in places])
        ):
            found.update(places)
    return sorted(found)


def _part(box: Box) -> Box | None:
    """The outermost list, table or quote around a block that is in no other box of text."""
    found, near = None, box
    while near.parent is not None:
        if near.tag in _PARTS:
            found = near
        near = near.parent
    return found


def _is_in(box: Box | None, outer: Box) -> bool:
    while box is not None and box.depth >= outer.depth:
        if box is outer:
            return True
        box = box.parent
    return False


def _is_text(part: Box, lines: Sequence[Block]) -> bool:
    part.read()
    if part.hints & (COMMENTS | RELATED):
        return False
    size = sum(len(line.text) for line in lines)
    return sum(line.linked for line in lines) <= _LINKED * size


def joined(blocks: Sequence[Block], chosen: Sequence[int], lines: Sequence[str]) -> str:
    """The `lines` of the chosen blocks as paragraphs; a table's rows as lines, their cells apart by tabs."""
    pieces: list[str] = []
    last_row: Box | None = None
    last_cell: Box | None = None
    for at, line in zip(chosen, lines, strict=True):
        if not line:
            continue
        cell = _cell(blocks[at].box) if len(line) <= _LONGEST_CELL else None
        row = cell.parent if cell is not None else None
        if pieces:
            if row is None or last_row is None or row.parent is not last_row.parent:
                pieces.append("\n\n")
            elif row is not last_row:
                pieces.append("\n")
            else:
                pieces.append(" " if cell is last_cell else "\t")
        pieces.append(line)
        last_row, last_cell = row, cell
    return "".join(pieces)


def _cell(box: Box) -> Box | None:
    """The cell of a table around a block whose row has other cells."""
    near: Box | None = box
    for _ in range(_MOST_UP):
        if near is None or near.tag == "table":
            return None
        if near.tag in ("td", "th") and near.parent is not None and near.parent.tag == "tr":
            return near if _has_cells(near.parent) else None
        near = near.parent
    return None


def _has_cells(row: Box) -> bool:
    return sum(1 for child in row.element if child.tag in ("td", "th")) > 1
