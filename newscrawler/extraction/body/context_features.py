"""Features of a block for the second pass: the first pass's chances of the blocks around it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

NAMES = (
    *(f"chance{away:+d}" for away in range(-3, 4)),
    "mass_so_far", "best_after", "best_before", "since_sure", "until_sure", "mean_chance", "mass",
)  # fmt: skip


class Context:
    """The verdicts around each block, from the chance that a first look gave each, and the characters of each."""

    def __init__(self, chances: Sequence[float], sizes: Sequence[int]) -> None:
        self._padded = [-1.0, -1.0, -1.0, *chances, -1.0, -1.0, -1.0]
        masses = [chance * size for chance, size in zip(chances, sizes, strict=True)]
        self._mass = sum(masses)
        self._mean = sum(chances) / max(len(chances), 1)
        self._before, self._since = _looking_back(chances)
        self._after, self._until = _looking_back(chances[::-1])
        self._after.reverse()
        self._until.reverse()
        self._so_far = list(accumulate(masses))

    def row(self, at: int) -> tuple[float, ...]:
        """`NAMES` for the block at a place."""
        return (
            *self._padded[at : at + 7], self._so_far[at] / (self._mass + 1e-9), self._after[at], self._before[at],
            self._since[at], self._until[at], self._mean, self._mass,
        )  # fmt: skip


def _looking_back(chances: Sequence[float]) -> tuple[list[float], list[int]]:
    """For each place, the best chance before it, and how far back the last likely one is (99: none)."""
    best, last = 0.0, -99
    bests, distances = [], []
    for at, chance in enumerate(chances):
        bests.append(best)
        distances.append(min(99, at - last))
        if chance > best:
            best = chance
        if chance > 0.5:
            last = at
    return bests, distances
