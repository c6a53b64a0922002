"""Near-duplicate texts by MinHash signatures, found by locality-sensitive hashing.

Broder, "On the resemblance and containment of documents" (1997); Leskovec, Rajaraman, Ullman, "Mining of
Massive Datasets", chapter 3. A text is the set of its shingles (three words in a row; three characters in
scripts without spaces). Of 16 bands of 6 hashes each, at least one is shared by 96 % of the pairs of texts
with a similarity of 0.75, 99.9 % at 0.85, and by 1 % at 0.3.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from functools import lru_cache
from itertools import islice

from rensa import RMinHash  # type: ignore[import-untyped]  # it ships no types

from newscrawler.scripts import UNSPACED

THRESHOLD = 0.75  # similarity from which two bodies count as copies of each other
BANDS = 16  # with 6 rows each: the shares above follow from these two
_ROWS = 6
_HASHES = BANDS * _ROWS
_SHINGLE = 3  # tokens
_FEWEST_TOKENS = 12  # "Watch the video." says nothing about its story
_MOST_TOKENS = 20_000  # what comes after them is not compared
_FORMAT = struct.Struct(f"<B{_HASHES}I")
# Signatures of different algorithms do not compare. Raise when shingles or bands change.
_VERSION = 16 * RMinHash.ALGORITHM_VERSION + 1
# A word, or one character of a script without spaces (Thai, Lao, Burmese, Khmer, Chinese, Japanese).
_TOKEN = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")


def signature(text: str) -> bytes | None:
    """The text's MinHash signature (385 bytes); None when it has too few words for one.

    Case, punctuation, white space and forms of the same character do not count.
    """
    tokens = _tokens(text)
    if len(tokens) < _FEWEST_TOKENS:
        return None
    sketch = RMinHash(num_perm=_HASHES, seed=1)
    sketch.update(list(_shingles(tokens)))
    return _FORMAT.pack(_VERSION, *sketch.digest())


def shingles(text: str) -> set[str]:
    """The text's shingles; of a text that is shorter than one, the text."""
    return _shingles(_tokens(text))


def _tokens(text: str) -> list[str]:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return [match.group() for match in islice(_TOKEN.finditer(text.casefold()), _MOST_TOKENS)]


def _shingles(tokens: list[str]) -> set[str]:
    if 0 < len(tokens) < _SHINGLE:
        return {" ".join(tokens)}
    return {" ".join(tokens[i : i + _SHINGLE]) for i in range(len(tokens) - _SHINGLE + 1)}


def similarity(one: bytes | None, other: bytes | None) -> float:
    """The Jaccard similarity of two texts as their signatures estimate it (standard error 0.04 at 0.75).

    0 to 1; 0 when a signature is missing or was made by another version.
    """
    if (
        one is None
        or other is None
        or len(one) != _FORMAT.size
        or len(other) != _FORMAT.size
        or one[:1] != other[:1]
    ):
        return 0.0
    first, second = _FORMAT.unpack(one), _FORMAT.unpack(other)
    return float(sum(a == b for a, b in zip(first[1:], second[1:], strict=True))) / _HASHES


@lru_cache(maxsize=32)  # a story is searched by them, and then stored with them
def bands(site: str, text_signature: bytes) -> tuple[int, ...]:
    """Signed 64-bit numbers: similar texts of one site are likely to share one of them."""
    width = 4 * _ROWS
    return tuple(
        int.from_bytes(
            hashlib.blake2b(
                text_signature[1 + i * width : 1 + (i + 1) * width],
                digest_size=8,
                key=site.encode()[:64],
                salt=bytes((text_signature[0], i)),
            ).digest(),
            "little",
            signed=True,
        )
        for i in range(BANDS)
    )
