"""Features of a page's layout for its type: headings, links, prices, runs of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import log1p

from lxml import etree

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.body.segmentation import Box
from newscrawler.text import density

_PRICE = re.compile(r"[€$£¥₽₹]\s?\d|\d\s?(?:[€$£¥₽₹]|zł|руб|kr\b|EUR\b|USD\b|Kč|грн)")
_MAX_SIGNS = 40  # of one currency that are looked at, before the pattern is asked
_CURRENCIES = ("€", "$", "£", "¥", "₽", "₹", "zł", "руб", "kr", "EUR", "USD", "Kč", "грн")
# Shorter text is a label or a teaser (characters).
_SENTENCE = 60
_HEADINGS = frozenset(("h2", "h3", "h4"))
_PARAGRAPHS = frozenset(("p", "div", "li", "span"))
# A block is a link when this share of it is (of ten), a headline link from so many characters on.
_LINKED, _HEADLINE = 8, 25
_DATE_ROOM = 24  # characters beside a link that may be a date's
# Longer lines are no price tags (characters).
_TAG = 80
# A page number with the white space around it is shorter.
_NUMBER_ROOM = 20


def layout_signs(by_tag: Mapping[str, Sequence[etree._Element]], body: BodyFound) -> list[float]:
    """The numbers for the last of `page_features.NAMES`, from `h1s` on."""
    blocks = body.blocks
    dense = density("".join([block.text for block in blocks]))
    linked = plain = teasers = linked_text = every = 0
    runs: dict[Box | None, float] = {}
    tags = []
    for block in blocks:
        text, within, box = block.text, block.linked, block.box
        size = len(text)
        every += size
        wide = size * dense
        if size < _TAG:
            tags.append(text)
        if within:
            linked_text += within
            if wide >= _HEADLINE and (within * 10 >= size * _LINKED or size - within <= _DATE_ROOM):
                teasers += 1
        if box.tag in _HEADINGS:
            if within * 2 > size:
                linked += 1
            else:
                plain += 1
        elif (own := (size - within) * dense) >= _SENTENCE:
            holder = box if block.broken or box.tag not in _PARAGRAPHS else box.parent
            runs[holder] = runs.get(holder, 0) + own
    total = sum(runs.values())
    longest = max(runs.values(), default=0)
    links, numbers = len(by_tag["a"]), _page_numbers(by_tag["a"])
    return [
        log1p(min(len(by_tag["h1"]), 20)),
        log1p(linked),
        log1p(plain),
        log1p(len(by_tag["article"])),
        log1p(len(by_tag["time"])),
        log1p(links),
        log1p(numbers),
        log1p(_prices("\n".join(tags))),
        log1p(teasers),
        linked_text / every if every else 0.0,
        log1p(total / 100),
        log1p(longest / 100),
        longest / total if total else 0.0,
        log1p(total / (links + 1)),
        float(longest >= 600 and longest >= 0.5 * total),
        float(longest >= 1500),
        log1p(len(body.text) * dense / 100),
        log1p(_within(body)),
    ]


def _prices(text: str) -> int:
    # Most pages name no currency beside a number; finding that out is much cheaper than the pattern.
    named = [sign for sign in _CURRENCIES if sign in text]
    return len(_PRICE.findall(text)) if any(_beside_number(text, sign) for sign in named) else 0


def _beside_number(text: str, sign: str) -> bool:
    """True when a sign is within a character of a digit, or occurs too often to look at each."""
    at = text.find(sign)
    for _ in range(_MAX_SIGNS):
        if at < 0:
            return False
        after = at + len(sign)
        if any(map(str.isdigit, text[max(0, at - 2) : at])) or any(map(str.isdigit, text[after : after + 2])):
            return True
        at = text.find(sign, after)
    return at >= 0


def _page_numbers(links: Iterable[etree._Element]) -> int:
    """Number of page numbers in a row (`1 2 3 …`) are among the links."""
    numbers = {
        int(number)
        for link in links
        if (text := link.text)
        and len(text) < _NUMBER_ROOM
        and (number := text.strip()).isdecimal()
        and len(number) <= 3
    }
    return max((_row(numbers, first) for first in (1, 2, 3)), default=0)


def _row(numbers: set[int], first: int) -> int:
    after = first
    while after in numbers:
        after += 1
    return after - first


def _within(body: BodyFound) -> int:
    """Headings that are links between the first and the last block of the text that was found."""
    if not body.chosen:
        return 0
    between = body.blocks[body.chosen[0] : body.chosen[-1] + 1]
    return sum(
        1
        for block in between
        if (block.box.tag in _HEADINGS or block.box.tag == "h1") and block.linked * 2 > len(block.text)
    )
