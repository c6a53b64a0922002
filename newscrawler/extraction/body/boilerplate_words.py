"""Words that lines around a story use more than stories do: sign-ups, sharing, credits, pointers elsewhere.

The words are in `boilerplate_words.toml`. None of them decides: the body classifier weighs them.
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
_LOOKED_AT = 240  # characters of a line: beyond, other features decide
_WORD = re.compile(r"[^\s|,.:;!?()\[\]{}<>\"/*+=~#]+")
_DENSE = re.compile(f"[{DENSE}]")


class WordHits(NamedTuple):
    """Number of boilerplate words in a line, the bits of their `HEADS`, and number among its first two words."""

    words: int
    heads: int
    first: int


_NOTHING = WordHits(0, 0, 0)


class _Lexicon(NamedTuple):
    heads: dict[str, int]
    words: frozenset[str]
    unspaced: tuple[tuple[str, int], ...]  # of scripts that do not set words apart


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    heads: dict[str, int] = {}
    for bit, head in enumerate(HEADS):
        for word in data["words"][head].split():
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


def boilerplate_hits(line: str, unspaced: tuple[tuple[str, int], ...] = ()) -> WordHits:
    """Count the boilerplate words of a line; `unspaced` as `unspaced_in` gives it for the page."""
    lexicon = _lexicon()
    start = line[:_LOOKED_AT]
    tokens = _WORD.findall(start.lower())
    if lexicon.words.isdisjoint(tokens):
        if not unspaced:
            return _NOTHING
        found: frozenset[str] = frozenset()
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
