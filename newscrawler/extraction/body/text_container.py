"""The boxes that hold a page's running text, and the place of each block relative to them."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from newscrawler.extraction.body.segmentation import Block, Box
from newscrawler.extraction.html.boilerplate import WHOLE
from newscrawler.extraction.html.class_vocabulary import COMMENTS, RELATED

RUNNING = 50  # characters from which a line counts as running text
ENOUGH = 100  # characters of running text that a story has when readers' comments follow it
_FAR = 99  # boxes up, of a block that shares no box with the anchor
_PARAGRAPHS = frozenset(("p", "li", "blockquote", "h2", "h3"))

Kind = tuple[str, int, str, int]


class Places:
    """The running text of a page's blocks, box by box.

    `weights` are the characters of running text of each block (0: it is none), `totals` of each box with all it
    holds, `anchor` the box whose own paragraphs hold most. `positions` say of each block how many boxes up from the
    anchor it is, and how many down from there. Readers' comments below the story are no running text.
    """

    def __init__(self, blocks: Sequence[Block], title: str, headline: etree._Element | None) -> None:
        running = [
            size if (size := len(block.text)) >= RUNNING and block.linked * 2 <= size else 0
            for block in blocks
        ]
        for block, size in zip(blocks, running, strict=True):
            if size:
                block.box.read()
        self._comments = _Comments(blocks, running, headline_at(blocks, title, headline))
        self.weights: list[int] = self._comments.weights
        self.totals = _totals(blocks, self.weights)
        self.anchor = _anchor(blocks, self.weights)
        self.positions = _positions(blocks, self.anchor)

    def is_comment(self, at: int) -> bool:
        """True for a block of the readers' comments below the story."""
        return self._comments.has(at)


def kind_of(box: Box) -> Kind:
    """Key that (read) boxes of one kind share: their own tag and names, and those of what holds them."""
    parent = box.parent
    return (box.tag, box.hints, parent.tag, parent.hints) if parent else (box.tag, box.hints, "", 0)


def headline_at(blocks: Sequence[Block], title: str, headline: etree._Element | None) -> int:
    """The headline's place among the blocks, -1 where it is in none."""
    if headline is not None:
        for at, block in enumerate(blocks):
            parent = block.box.parent
            if block.box.element is headline or (parent is not None and parent.element is headline):
                return at
    return next((at for at, block in enumerate(blocks) if block.text == title), -1) if title else -1


class _Comments:
    """The blocks in boxes called comments, below a headline and enough text that is in none.

    `start` is the place from which on there may be any, `weights` are those given, without the comments'.
    """

    def __init__(self, blocks: Sequence[Block], weights: Sequence[int], headline_at: int) -> None:
        self._blocks = blocks
        self.weights = list(weights)
        self._above: set[Box] = set()
        self.start = len(blocks)
        if headline_at < 0:
            return
        box: Box | None = blocks[headline_at].box
        while box is not None:
            self._above.add(box)
            box = box.parent
        text = 0
        for at in range(headline_at + 1, len(blocks)):
            if text >= ENOUGH and at < self.start:
                self.start = at
            if weight := weights[at]:
                if not _is_comment(blocks[at].box, self._above):
                    text += weight
                elif text >= ENOUGH:
                    self.weights[at] = 0

    def has(self, at: int) -> bool:
        return at >= self.start and _is_comment(self._blocks[at].box, self._above)


def _is_comment(box: Box | None, above: set[Box]) -> bool:
    """True when a box, or one around it that is not around the headline too, is named as comments."""
    if box is None:
        return False
    box.read()
    if not box.around & COMMENTS:
        return False
    while box is not None and box not in above:
        if box.hints & COMMENTS and box.tag not in WHOLE:
            return True
        box = box.parent
    return False


def _anchor(blocks: Sequence[Block], weights: Sequence[int]) -> Box | None:
    """The box whose paragraphs hold the most running text (paragraphs' own boxes do not count)."""
    shares: dict[Box, float] = {}
    for block, weight in zip(blocks, weights, strict=True):
        if weight:
            box = block.box
            share = weight * 0.3 if box.around & (COMMENTS | RELATED) else float(weight)
            if box.parent is not None and box.tag in _PARAGRAPHS:
                box = box.parent
            for _ in range(4):
                shares[box] = shares.get(box, 0.0) + share
                share *= 0.6
                if box.parent is None:
                    break
                box = box.parent
    return max(shares, key=lambda box: shares[box]) if shares else None


def _totals(blocks: Sequence[Block], weights: Sequence[int]) -> dict[Box, int]:
    """The running text inside each box, of whatever depth: summed from the deepest boxes upwards."""
    levels: list[dict[Box, int]] = []
    for block, weight in zip(blocks, weights, strict=True):
        if weight:
            box = block.box
            while len(levels) <= box.depth:
                levels.append({})
            level = levels[box.depth]
            level[box] = level.get(box, 0) + weight
    totals: dict[Box, int] = {}
    for depth in range(len(levels) - 1, -1, -1):
        above = levels[depth - 1]
        for box, weight in levels[depth].items():
            totals[box] = weight
            if box.parent is not None:
                above[box.parent] = above.get(box.parent, 0) + weight
    return totals


def _positions(blocks: Sequence[Block], anchor: Box | None) -> list[tuple[int, int]]:
    """Number of boxes up from the anchor, then down, of each block; _FAR up where it is in none of them."""
    ups: dict[Box | None, int] = {None: _FAR}
    box = anchor
    while box is not None:
        ups[box] = len(ups) - 1
        box = box.parent
    found = []
    bottom = anchor.depth if anchor is not None else 0
    for block in blocks:
        held = block.box
        up = ups.get(held)
        if up is None:
            below, box = [held], held.parent
            while box is not None and box not in ups:
                below.append(box)
                box = box.parent
            up = ups[box]
            for one in below:
                ups[one] = up
        found.append((up, held.depth - (bottom - up if up < _FAR else -1)))
    return found
