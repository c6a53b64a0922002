"""Choices that look random and are the same on every machine and every Python."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import TypeVar

Choice = TypeVar("Choice")

_ALTERNATIVES = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")


class Dice:
    """A sequence of choices that depends on `seed` alone (the random module promises no sequence across versions)."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._rolls = 0

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, `limit`."""
        self._rolls += 1
        digest = blake2b(f"{self._seed}:{self._rolls}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % limit

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """One of `choices`."""
        return choices[self.below(len(choices))]

    def some(self, choices: Sequence[Choice], count: int) -> list[Choice]:
        """`count` different ones of `choices`, in the order drawn."""
        left = list(choices)
        return [left.pop(self.below(len(left))) for _ in range(count)]

    def expand(self, template: str, words: Mapping[str, object]) -> str:
        """`template` with each `[a|b]` decided and each `{slot}` filled from `words`."""
        chosen = _ALTERNATIVES.sub(lambda match: self.pick(match[1].split("|")), template)
        text = chosen.format_map(words)
        return re.sub(r"(?:^|(?<=[.?!] )|(?<=^“))[a-z]", lambda match: match[0].upper(), text)
