"""What tells a story's text from the rest of the page: figures of one block, its surroundings and its place.

No word lists of any language: class words, punctuation, links, lengths, repeats and positions only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from string import ascii_uppercase, digits

from newscrawler.extraction.blocks import AROUND_BITS, Block, Box
from newscrawler.extraction.hints import AROUND, COMMENTS

NAMES = (
    "tag", "chars", "link_density", "links", "strong", "sentence_end", "colon_end", "marks", "digits", "upper",
    "starts", "broken", "title", "lead", "structured", "repeated",
    "depth", "parent_tag", "box_chars", "box_share", "parent_share", "grand_share", "hops_up", "hops_down",
    "anchor_before", "anchor_after", "from_first", "from_last", "from_title", "position", "mass_before",
    "prev_chars", "prev_link", "prev_same_box", "prev_tag", "prev_marks", "next_chars", "next_link",
    "next_same_box", "next_tag", "next_marks", "prev2_chars", "next2_chars", "like_chars", "like_share",
    "like_anchor", "run", "window", "total", "same_parent_prev", "same_parent_next",
    *(f"own_{bit}" for bit in range(AROUND)),
    *(f"near_{bit}" for bit in range(AROUND)),
    *(f"around_{bit}" for bit in range(AROUND_BITS)),
)  # fmt: skip

_TAGS = {
    name: number
    for number, names in enumerate(
        (
            "p", "div", "li", "h1", "h2", "h3", "h4 h5 h6", "td th", "blockquote", "span", "section", "article",
            "figcaption figure caption", "dd dt", "pre", "header", "footer aside", "ul ol", "body", "center",
            "form fieldset label", "address", "main", "table tr tbody", "summary details",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
NEAR, FAR = 3, 6  # boxes up from the one with most text: beyond, only running text counts; then nothing
_END = frozenset('.!?…。！？।۔؟"”’»」』)')
_STOPS = (".", ",", "،", "。", "、", "，", "؛", ";", "।", "۔", "!", "?", "؟")
_ASCII_STOPS = "".join(_STOPS).encode("ascii", "ignore")
_NUMERALS, _CAPITALS = digits.encode(), ascii_uppercase.encode()
_FOREIGN = re.compile(r"[^\x00-\x7f]")

RELATED = 1 << 3


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


@lru_cache(maxsize=4096)
def _bits(value: int, count: int) -> tuple[float, ...]:
    return tuple(float(value >> bit & 1) for bit in range(count))


def paragraph_weight(block: Block) -> int:
    """Characters of a block that reads like running text, else 0."""
    size = len(block.text)
    if size < 50 or block.linked * 2 > size:
        return 0
    return size


def anchor_box(blocks: Sequence[Block]) -> Box | None:
    """The box whose direct paragraphs hold the most running text (paragraphs' own boxes do not count)."""
    weights: dict[Box, float] = {}
    for block in blocks:
        weight = paragraph_weight(block)
        if weight:
            box = block.box
            if box.parent is not None and box.tag in ("p", "li", "blockquote", "h2", "h3"):
                box = box.parent
            share = float(weight)
            if block.box.around & (COMMENTS | RELATED):
                share *= 0.3
            for _ in range(4):
                weights[box] = weights.get(box, 0.0) + share
                share *= 0.6
                if box.parent is None:
                    break
                box = box.parent
    return max(weights, key=lambda box: weights[box]) if weights else None


def _like(box: Box) -> tuple[str, int, str, int]:
    """What boxes of one kind share: their own tag and names, and those of what holds them."""
    parent = box.parent
    return (box.tag, box.hints, parent.tag, parent.hints) if parent else (box.tag, box.hints, "", 0)


def _numerals_and_capitals(text: str) -> tuple[int, int]:
    data = text.encode("ascii", "ignore")
    size = len(data)
    numerals, capitals = (size - len(data.translate(None, letters)) for letters in (_NUMERALS, _CAPITALS))
    if size < len(text):
        foreign = _FOREIGN.findall(text)
        numerals += sum(map(str.isdigit, foreign))
        capitals += sum(map(str.isupper, foreign))
    return numerals, capitals


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


def _place(box: Box, up: dict[Box, int], places: dict[Box, tuple[int, int]]) -> tuple[int, int]:
    """How many boxes up from the anchor, then down, a box is; 99 up where it is in none of them."""
    down = 0
    at: Box | None = box
    while at is not None and at not in up:
        down += 1
        at = at.parent
        if at is not None and (known := places.get(at)):
            place = places[box] = (known[0], known[1] + down)
            return place
    place = places[box] = (up[at] if at is not None else 99, down)
    return place


def features(blocks: Sequence[Block], title: str, lead: str, structured: str) -> list[list[float] | None]:
    """One row of `NAMES` a block, None for one that is far from the story's text and unlike it.

    `lead` and `structured` are the page's declared description and text.
    """
    count = len(blocks)
    if not count:
        return []
    sizes = [len(block.text) for block in blocks]
    total = sum(sizes)
    weights = [paragraph_weight(block) for block in blocks]
    heavy = sum(weights)
    seen = Counter([block.text for block in blocks])
    totals = _totals(blocks, weights)
    anchor = anchor_box(blocks)
    up: dict[Box, int] = {}
    hop, at = 0, anchor
    while at is not None:
        up[at] = hop
        hop += 1
        at = at.parent
    places: dict[Box, tuple[int, int]] = {}
    inside = []
    first = last = -1
    title_at = -1
    for index, block in enumerate(blocks):
        box = block.box
        place = places.get(box) or _place(box, up, places)
        inside.append(place)
        if place[0] == 0 and weights[index]:
            if first < 0:
                first = index
            last = index
        if block.text == title and title and (title_at < 0 or first < 0):
            title_at = index
    likes: dict[tuple[str, int, str, int], int] = {}  # running text by what its boxes are called
    anchor_likes: dict[tuple[str, int, str, int], int] = {}
    for block, weight, place in zip(blocks, weights, inside, strict=True):
        if weight:
            key = _like(block.box)
            likes[key] = likes.get(key, 0) + weight
            if place[0] == 0:
                anchor_likes[key] = anchor_likes.get(key, 0) + weight
    in_anchor = sum(anchor_likes.values())
    weights_to, sizes_to = [0, *accumulate(weights)], [0, *accumulate(sizes)]
    # Looked for in the page once, so that its blocks need to be searched for what it has.
    words = "".join([block.text for block in blocks])
    foreign_stops = [stop for stop in _STOPS if not stop.isascii() and stop in words]
    heads: dict[int, tuple[float, float, float, float]] = {}

    def head_of(index: int) -> tuple[float, float, float, float]:
        """Size, share of links, tag and punctuation of a block: what its neighbours are told of it."""
        found = heads.get(index)
        if found is None:
            block, size = blocks[index], sizes[index]
            tag = float(_TAGS.get(block.box.tag, 0))
            data = block.text.encode("utf-8", "ignore")
            marks = (
                len(data)
                - len(data.translate(None, _ASCII_STOPS))
                + sum(map(block.text.count, foreign_stops))
            )
            found = (float(size), block.linked / size, tag, marks * 100.0 / (size + 20))
            heads[index] = found
        return found

    none = (0.0, 0.0, -1.0, 0.0)
    folded_title = title.casefold()
    rows: list[list[float] | None] = []
    mass = 0
    run = 0
    for index, block in enumerate(blocks):
        place = inside[index]
        run = run + 1 if weights[index] else 0
        if place[0] > NEAR and (not weights[index] or place[0] > FAR):
            rows.append(None)
            mass += weights[index]
            continue
        text, box, size = block.text, block.box, sizes[index]
        head = head_of(index)
        parent = box.parent
        grand = parent.parent if parent is not None else None
        before = head_of(index - 1) if index else none
        after = head_of(index + 1) if index + 1 < count else none
        box_before = blocks[index - 1].box if index else None
        box_after = blocks[index + 1].box if index + 1 < count else None
        last_char = text[-1]
        start = text[0]
        if structured:
            part = 1.0 if text[:60] in structured else -1.0
            if part > 0 and size > 90:
                part = 1.0 if text[-40:] in structured else 0.5
        else:
            part = 0.0
        same_title = 0.0
        if title and size < 2 * len(title) + 30:
            folded = text.casefold()
            same_title = (
                2.0
                if folded == folded_title
                else 1.0
                if size > 20 and (folded in folded_title or folded_title in folded)
                else 0.0
            )
        is_lead = 0.0
        if lead and size > 25:
            is_lead = 2.0 if text == lead else 1.0 if text[:50] in lead or lead[:60] in text else 0.0
        parent_hints = parent.hints if parent is not None else 0
        parent_around = parent.around if parent is not None else 0
        key = _like(box)
        like = likes.get(key, 0)
        low, high = max(0, index - 3), min(count, index + 4)
        in_box = totals.get(box, 0)
        numerals, capitals = _numerals_and_capitals(text[:80])
        rows.append([
            head[2], head[0], head[1], float(block.links), block.strong / size,
            1.0 if last_char in _END else 0.0, 1.0 if last_char in ":：" else 0.0, head[3],
            numerals / min(size, 80), capitals / min(size, 80),
            0.0 if start.isalpha() else 1.0 if start.isdigit() else 2.0 if start in "\"“„«'‘「" else 3.0,
            1.0 if block.broken else 0.0, same_title, is_lead, part, float(seen[text]),
            float(box.depth), float(_TAGS.get(parent.tag, 0)) if parent is not None else -1.0,
            float(in_box), _ratio(in_box, heavy),
            _ratio(totals.get(parent, 0), heavy) if parent is not None else -1.0,
            _ratio(totals.get(grand, 0), heavy) if grand is not None else -1.0,
            float(place[0]), float(place[1]),
            1.0 if first >= 0 and index < first else 0.0, 1.0 if last >= 0 and index > last else 0.0,
            float(index - first), float(last - index), float(index - title_at) if title_at >= 0 else -999.0,
            index / count, _ratio(mass, heavy),
            before[0], before[1], 1.0 if box_before is box else 0.0, before[2], before[3],
            after[0], after[1], 1.0 if box_after is box else 0.0, after[2], after[3],
            float(sizes[index - 2]) if index > 1 else 0.0, float(sizes[index + 2]) if index + 2 < count else 0.0,
            float(like), _ratio(like, heavy), _ratio(anchor_likes.get(key, 0), in_anchor),
            float(run), _ratio(weights_to[high] - weights_to[low], sizes_to[high] - sizes_to[low]), float(total),
            1.0 if box_before is not None and box_before.parent is parent else 0.0,
            1.0 if box_after is not None and box_after.parent is parent else 0.0,
            *_bits(box.hints, AROUND),
            *_bits(parent_hints | (grand.hints if grand is not None else 0), AROUND),
            *_bits(parent_around, AROUND_BITS),
        ])  # fmt: skip
        mass += weights[index]
    return rows


CONTEXT_NAMES = (
    *(f"chance{away:+d}" for away in range(-3, 4)),
    "mass_so_far", "best_after", "best_before", "since_sure", "until_sure", "mean_chance", "mass",
)  # fmt: skip


def context(chances: Sequence[float], sizes: Sequence[int]) -> list[list[float]]:
    """One row of `CONTEXT_NAMES` a block, from what a first look gave for the blocks around it."""
    count = len(chances)
    if not count:
        return []
    padded = [-1.0, -1.0, -1.0, *chances, -1.0, -1.0, -1.0]
    masses = [chance * size for chance, size in zip(chances, sizes, strict=True)]
    mass = sum(masses)
    mean = sum(chances) / count
    before, since = _looking_back(chances)
    after, until = _looking_back(chances[::-1])
    after.reverse()
    until.reverse()
    rows = []
    so_far = 0.0
    for at in range(count):
        so_far += masses[at]
        share = so_far / (mass + 1e-9)
        rows.append([*padded[at : at + 7], share, after[at], before[at], since[at], until[at], mean, mass])
    return rows


def _looking_back(chances: Sequence[float]) -> tuple[list[float], list[float]]:
    """For each place, the best chance before it, and how far back the last likely one is (99: none)."""
    best, last = 0.0, -99
    bests, distances = [], []
    for at, chance in enumerate(chances):
        bests.append(best)
        distances.append(float(min(99, at - last)))
        best = max(best, chance)
        if chance > 0.5:
            last = at
    return bests, distances
