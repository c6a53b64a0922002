"""The language of a text in Latin letters by its function words, which are in `data/function_words.toml`.

Of the ways that Grothe, De Luca, Nürnberger, "A comparative study on language identification methods", LREC 2008,
compare, that by frequent words.
"""

from __future__ import annotations

import tomllib
from functools import cached_property, lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("function_words.toml")
_GLANCE = 400  # characters of a text, mostly enough to confirm a declared language
_SAMPLE = 1000  # characters of a text that are looked at
ENOUGH = 0.1  # least share of function words in a text of the language
_FEWEST = 8  # function words from which a language is inferred
# From this share on a small margin over any other language is enough; below it takes the wide one.
LIKELY = 0.2
_MARGIN, _WIDE_MARGIN = 1.2, 2.0
# Written alike, or one the other's standard: by function words alone these do not contradict each other.
_KIN = (
    frozenset(("da", "nb", "no", "nn", "sv")),
    frozenset(("hr", "bs", "sr", "sh", "cnr", "sl", "mk")),
    frozenset(("id", "ms", "jv", "su")),
    frozenset(("cs", "sk")),
    frozenset(("es", "gl", "pt", "ca", "ast")),
    frozenset(("nl", "af", "fy")),
)


@lru_cache(maxsize=1)
def _languages() -> dict[str, frozenset[str]]:
    return {
        language: frozenset(words.split())
        for language, words in tomllib.loads(_FILE.read_text("utf-8")).items()
    }


class FunctionWords:
    """The function words of one text, counted on demand."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _words(self) -> list[str]:
        return self._text[:_SAMPLE].lower().split()

    def may_be(self, language: str, enough: float = ENOUGH) -> bool:
        """False when the words are of another language than this one (a primary subtag).

        `enough`: share of its function words at the text's beginning from which there is no doubt.
        """
        if (known := _languages().get(language)) is not None:
            words = self._text[:_GLANCE].lower().split()
            if sum(map(known.__contains__, words)) >= enough * len(words):
                return True
        found = self.language
        return found is None or found == language or any(found in kin and language in kin for kin in _KIN)

    @cached_property
    def language(self) -> str | None:
        """The language of most function words; None for too few, or hardly more of one language than of another."""
        counts = sorted(
            ((self._count(words), language) for language, words in _languages().items()), reverse=True
        )
        (most, language), (next_most, _) = counts[:2]
        share = most / max(1, len(self._words))
        margin = _MARGIN if share >= LIKELY else _WIDE_MARGIN
        return language if most >= _FEWEST and share >= ENOUGH and most >= margin * next_most else None

    def _count(self, words: frozenset[str]) -> int:
        return sum(map(words.__contains__, self._words))
