"""Words that lines around a story use more than stories do: sign-ups, sharing, credits, pointers elsewhere.

The words are in `data/telling_words.toml`. None of them decides: the model of text blocks weighs them.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from newscrawler.scripts import DENSE

HEADS = ("subscribe", "follow", "credit", "offer", "consent", "other", "people", "moment")
_FILE = Path(__file__).with_name("boilerplate_words.toml")
_LOOKED_AT = 240  # characters of a line: longer ones are told by their other figures
# Bytes are cut into words several times faster than text is.
_APART = bytes.maketrans(b'|,.:;!?()[]{}<>"/*+=~#', b" " * 22)
_SMALL_APART = bytes(
    byte + 32 if 65 <= byte <= 90 else byte for byte in _APART
)  # capitals made small as well
_DENSE = re.compile(f"[{DENSE}]")


class WordHits(NamedTuple):
    """How many of a line's words tell something, the bits of their `HEADS`, and how many of its first two do."""

    words: int
    heads: int
    first: int


_NOTHING = WordHits(0, 0, 0)


class _Lexicon(NamedTuple):
    heads: dict[bytes, int]
    words: frozenset[bytes]
    unspaced: tuple[tuple[str, int], ...]  # of scripts that do not set words apart


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    heads: dict[bytes, int] = {}
    for bit, head in enumerate(HEADS):
        for word in data["words"][head].encode().split():
            heads[word] = heads.get(word, 0) | 1 << bit
    unspaced = [
        (word, 1 << bit) for bit, head in enumerate(HEADS) for word in data["substrings"][head].split()
    ]
    return _Lexicon(heads, frozenset(heads), tuple(unspaced))


def unspaced_in(page: str) -> tuple[tuple[str, int], ...]:
    """The words of scripts without spaces that a page's text has, so that its lines are searched for them alone."""
    if page.isascii() or not _DENSE.search(page[:4000:8]):  # every eighth letter is enough
        return ()
    return tuple(pair for pair in _lexicon().unspaced if pair[0] in page)


def telling(line: str, unspaced: tuple[tuple[str, int], ...] = ()) -> WordHits:
    """What a line's words tell; `unspaced` as `unspaced_in` gives it for the page."""
    lexicon = _lexicon()
    start = line[:_LOOKED_AT]
    if start.isascii():
        tokens = start.encode().translate(_SMALL_APART).split()
    else:
        tokens = start.lower().encode("utf-8", "ignore").translate(_APART).split()
    if lexicon.words.isdisjoint(tokens):
        if not unspaced:
            return _NOTHING
        found: frozenset[bytes] = frozenset()
    else:
        found = lexicon.words.intersection(tokens)
    count, bits, first = len(found), 0, 0
    for word in found:
        bits |= lexicon.heads[word]
    if found:
        first = sum(word in found for word in tokens[:2])
    for characters, bit in unspaced:
        place = start.find(characters)
        if place >= 0:
            bits |= bit
            count += 1
            first += place < 4
    return WordHits(count, bits, first)
