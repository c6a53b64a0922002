"""Features of a text block for the body classifier: the block, its surroundings and its place.

Class words, punctuation, links, lengths, repeats, positions, and words that lines around a story use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.body.boilerplate_words import HEADS, boilerplate_hits, unspaced_in
from newscrawler.extraction.body.segmentation import AROUND_BITS, Block, Box
from newscrawler.extraction.body.text_container import RUNNING, Kind, Places, kind_of
from newscrawler.extraction.html.class_vocabulary import AROUND, COMMENTS

NUMBERS = (
    "tag", "chars", "link_density", "links", "strong", "sentence_end", "marks", "digits", "upper", "title", "lead",
    "structured", "repeated", "depth", "parent_tag", "box_chars", "box_share", "parent_share", "grand_share",
    "hops_up", "hops_down", "anchor_before", "anchor_after", "from_first", "from_last", "from_title", "position",
    "mass_before", "prev_chars", "prev_link", "prev_tag", "next_chars", "next_link", "next_tag", "prev2_chars",
    "next2_chars", "like_chars", "like_share", "like_anchor", "run", "window", "total", "same_parent_prev",
    "same_parent_next", "telling", "telling_density", "first_words",
)  # fmt: skip
FRACTIONS = frozenset((
    "link_density", "strong", "marks", "digits", "upper", "structured", "box_share", "parent_share", "grand_share",
    "position", "mass_before", "prev_link", "next_link", "like_share", "like_anchor", "window", "telling_density",
))  # fmt: skip
# Bit sets, each in one number of a row behind the others: class words of the block's own box, of the two boxes
# around it, of all boxes around it, and kinds of boilerplate words in its text.
BIT_SETS = (("own", AROUND), ("near", AROUND), ("around", AROUND_BITS), ("head", len(HEADS)))
NAMES = (*NUMBERS, *(f"{name}_{bit}" for name, count in BIT_SETS for bit in range(count)))

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
NEAR, FAR = 3, 8  # boxes up from the one with most text: beyond, only running text counts; then nothing
APART, MOSTLY = 2, 0.9  # boxes up from there, share of linked text: a short line beyond both is but a link
_END = frozenset('.!?…。！？।۔؟"”’»」』)')
_STOPS = (".", ",", "،", "。", "、", "，", "؛", ";", "।", "۔", "!", "?", "؟")
_MOST_READ = 15_000_000  # characters of a declared text, read once for each block; a long story takes a tenth
_LOOKED_AT = 80  # characters of a line in which numerals and capitals are counted
_UNLIKE = (0, 0)


def columns() -> list[str]:
    """The place in a row of each of `NAMES`: `3`, `#3` for a whole number, or `50 & 8` for a bit of a set."""
    found = [f"{'' if name in FRACTIONS else '#'}{place}" for place, name in enumerate(NUMBERS)]
    for place, (_, count) in enumerate(BIT_SETS, start=len(NUMBERS)):
        found += [f"{place} & {1 << bit}" for bit in range(count)]
    return found


def expanded(row: Sequence[float]) -> list[float]:
    """A row with a number of its own for each of `NAMES`."""
    found = [float(value) for value in row[: len(NUMBERS)]]
    for value, (_, count) in zip(row[len(NUMBERS) :], BIT_SETS, strict=True):
        found += [float(int(value) >> bit & 1) for bit in range(count)]
    return found


def features(
    blocks: Sequence[Block], title: str, lead: str, structured: str, headline: etree._Element | None = None
) -> list[list[float] | None]:
    """One row a block, None for one that is far from the story's text and unlike it.

    A row has `NUMBERS` and then `BIT_SETS`. `lead` and `structured` are the page's declared description and text,
    `headline` the element of the printed title.
    """
    count = len(blocks)
    if not count:
        return []
    places = Places(blocks, title, headline)
    weights, positions, totals = places.weights, places.positions, places.totals
    sizes = [len(block.text) for block in blocks]
    total, heavy = sum(sizes), sum(weights) or 1
    seen = Counter([block.text for block in blocks])
    in_anchor = [
        at
        for at, (position, weight) in enumerate(zip(positions, weights, strict=True))
        if weight and not position[0]
    ]
    first, last = (in_anchor[0], in_anchor[-1]) if in_anchor else (-1, -1)
    title_at = _title_at(blocks, title, first)
    likes, in_anchor_weight = _by_kind(blocks, weights, in_anchor), sum(weights[at] for at in in_anchor) or 1
    # With what lies three blocks around each, and places of nothing beyond the ends.
    weights_to, sizes_to = _sums_around(weights), _sums_around(sizes)
    boxes = [block.box for block in blocks]
    # Two places of nothing at either end, so that no block lacks neighbours.
    sizes_around = [0, 0, *sizes, 0, 0]
    densities = [block.linked / size for block, size in zip(blocks, sizes, strict=True)]
    densities_around = [0.0, *densities, 0.0]
    tags_around = [-1, *[_TAGS.get(box.tag, 0) for box in boxes], -1]
    parents_around = [None, *[box.parent or box for box in boxes], None]
    # Looked for in the page once, so that its blocks need to be searched for what it has.
    words = "".join([block.text for block in blocks])
    used_stops = [stop for stop in _STOPS if stop in words]
    unspaced = unspaced_in(words)
    folded_title, title_size = title.casefold(), 2 * len(title) + 30 if title else 0
    # Subheadings right before or after running text have boxes of their own.
    near_text = [
        False,
        *[weight > 0 and up <= FAR for weight, (up, _) in zip(weights, positions, strict=True)],
        False,
    ]
    left = _MOST_READ
    rows: list[list[float] | None] = []
    holders: dict[Box | None, _Holder] = {}
    run = 0
    for index, block in enumerate(blocks):
        up, down = positions[index]
        weight = weights[index]
        run = run + 1 if weight else 0
        size, density = sizes[index], densities[index]
        if (
            up > FAR
            or (not weight and up > NEAR and not near_text[index] and not near_text[index + 2])
            or (size < RUNNING and up >= APART and density >= MOSTLY)
        ):
            rows.append(None)
            continue
        text, box = block.text, boxes[index]
        if not box.is_read:
            box.read()
        if box.around & COMMENTS and places.is_comment(index):
            rows.append(None)
            continue
        parent = box.parent
        holder = holders.get(parent)
        if holder is None:
            holder = holders[parent] = _holder(parent, totals, heavy)
        like, like_anchor = likes.get(kind_of(box), _UNLIKE)
        in_box = totals.get(box, 0)
        stops, numerals, capitals = _characters(text, used_stops)
        looked_at = size if size < _LOOKED_AT else _LOOKED_AT
        hits, heads, first_words = boilerplate_hits(text, unspaced)
        declared = 0.0
        if structured and left > 0:
            declared, read = _structured(text, structured)
            left -= read
        rows.append([
            tags_around[index + 1], size, density, block.links, block.strong / size, text[-1] in _END,
            stops * 100.0 / (size + 20), numerals / looked_at, capitals / looked_at,
            _like_title(text, title_size, folded_title) if size < title_size else 0,
            _like_lead(text, lead) if lead and size > 25 else 0,
            declared, seen[text],
            box.depth, holder.tag, in_box, in_box / heavy, holder.share, holder.outer_share,
            up, down, index < first, last >= 0 and index > last, index - first, last - index,
            index - title_at if title_at >= 0 else -999, index / count, weights_to[index + 3] / heavy,
            sizes_around[index + 1], densities_around[index], tags_around[index],
            sizes_around[index + 3], densities_around[index + 2], tags_around[index + 2],
            sizes_around[index], sizes_around[index + 4],
            like, like / heavy, like_anchor / in_anchor_weight, run,
            (weights_to[index + 7] - weights_to[index]) / (sizes_to[index + 7] - sizes_to[index]), total,
            parents_around[index] is parent, parents_around[index + 2] is parent,
            hits, hits / min(text.count(" ") + 1, 40) if hits else 0.0, first_words,
            box.hints, holder.hints, holder.around, heads,
        ])  # fmt: skip
    return rows


class _Holder(NamedTuple):
    """Features shared by blocks in boxes of one parent: its tag, the text in it and around it, their hints."""

    tag: int
    share: float
    outer_share: float
    hints: int
    around: int


def _holder(box: Box | None, totals: dict[Box, int], heavy: int) -> _Holder:
    if box is None:
        return _Holder(-1, -1.0, -1.0, 0, 0)
    outer = box.parent
    return _Holder(
        _TAGS.get(box.tag, 0),
        totals.get(box, 0) / heavy,
        totals.get(outer, 0) / heavy if outer is not None else -1.0,
        box.hints | (outer.hints if outer is not None else 0),
        box.around,
    )


def _sums_around(numbers: Sequence[int]) -> list[int]:
    """At `place + 3` the sum of the numbers before a place, with those of places three beyond either end."""
    sums = [0, *accumulate(numbers)]
    return [0, 0, 0, *sums, *sums[-1:] * 3]


def _title_at(blocks: Sequence[Block], title: str, first: int) -> int:
    """The last place of the title's text above the story's first paragraph, else its first place, -1 for none."""
    if not title:
        return -1
    found = [at for at, block in enumerate(blocks) if block.text == title]
    above = [at for at in found if first < 0 or at <= first]
    return above[-1] if above else found[0] if found else -1


def _by_kind(
    blocks: Sequence[Block], weights: Sequence[int], in_anchor: Sequence[int]
) -> dict[Kind, tuple[int, int]]:
    """The running text in boxes of each kind: on the whole page, and around the anchor."""
    found: dict[Kind, tuple[int, int]] = {}
    inside = set(in_anchor)
    for at, weight in enumerate(weights):
        if weight:
            kind = kind_of(blocks[at].box)
            everywhere, here = found.get(kind, _UNLIKE)
            found[kind] = (everywhere + weight, here + weight if at in inside else here)
    return found


def _characters(text: str, stops: Sequence[str]) -> tuple[int, int, int]:
    """The number of full stops, commas and the like in a text, and of numerals and capitals near its start."""
    start = text[:_LOOKED_AT]
    return sum(map(text.count, stops)), sum(map(str.isdigit, start)), sum(map(str.isupper, start))


def _like_title(text: str, title_size: int, folded_title: str) -> int:
    """2 the title, 1 a part of it or the other way round, 0 neither."""
    folded = text.casefold()
    if folded == folded_title:
        return 2
    return int(len(text) > 20 and (folded in folded_title or folded_title in folded))


def _like_lead(text: str, lead: str) -> int:
    """2 the declared description, 1 the beginning of it or the other way round, 0 neither."""
    return 2 if text == lead else int(text[:50] in lead or lead[:60] in text)


def _structured(text: str, structured: str) -> tuple[float, int]:
    """1 a part of the declared text, 0.5 its beginning is one, -1 it is none; and characters that were read for it."""
    begin = structured.find(text[:60])
    if begin < 0:
        return -1.0, len(structured)
    if len(text) <= 90:
        return 1.0, begin
    end = structured.find(text[-40:])
    return (1.0, begin + end) if end >= 0 else (0.5, begin + len(structured))
