"""What a second look at a block knows: the first look's verdicts on the blocks around it."""

from __future__ import annotations

from collections.abc import Sequence

NAMES = (
    *(f"chance{away:+d}" for away in range(-3, 4)),
    "mass_so_far", "best_after", "best_before", "since_sure", "until_sure", "mean_chance", "mass",
)  # fmt: skip


def context(chances: Sequence[float], sizes: Sequence[int]) -> list[tuple[float, ...]]:
    """One row of `NAMES` a block, from the chance that a first look gave each, and the characters of each."""
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
    rows: list[tuple[float, ...]] = []
    so_far = 0.0
    for at in range(count):
        so_far += masses[at]
        share = so_far / (mass + 1e-9)
        rows.append((*padded[at : at + 7], share, after[at], before[at], since[at], until[at], mean, mass))
    return rows


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
