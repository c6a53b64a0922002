"""Classifier of text blocks: the interface of a body model, and the shipped one.

The shipped model is boosted decision trees over the features of a block, trained by `benchmarks/train_body.py`, in
a plain JSON file: `{"features": [names], "share": s, "first": [tree], "second": [tree]}`, where a tree is a number
(its vote, in log odds) or `[feature, limit, tree if the value is at most the limit, tree otherwise]`.
Gradient boosting: Friedman, "Greedy function approximation", Annals of Statistics 29(5), 2001.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any, Protocol

from newscrawler.extraction.body import context_features
from newscrawler.extraction.body.block_features import BIT_SETS, NAMES, NUMBERS, columns
from newscrawler.extraction.body.context_features import Context
from newscrawler.extraction.body.decision_trees import compiled

_FILE = Path(__file__).with_name("body_model.json")


class BodyModel(Protocol):
    """A model of which text blocks are a story's, with the thresholds that its chances are calibrated to."""

    @property
    def profiled(self) -> float:
        """The chance below which a block is left out even inside the box that a site profile names."""

    def chances(self, rows: Sequence[Sequence[float] | None], sizes: Sequence[int]) -> list[float]:
        """Chance of each block to be the story's text, by its features (None: certainly not) and its characters."""

    def limit(self, chances: Sequence[float], sizes: Sequence[int]) -> float:
        """The chance from which a block counts as the story's, for the blocks of one page and their characters."""


class TreeModel:
    """The shipped `BodyModel`: two passes of decision trees. Raises ValueError when made for other features.

    The thresholds fit the chances that these trees give: a model that is calibrated otherwise brings its own.
    """

    profiled = 0.08
    # On a page with no sure block at all, none below this is taken.
    least = 0.25
    # After the first pass, not worth a second: of 7,449 blocks of real pages none beyond these changed sides.
    hopeless, certain = 0.04, 0.97

    def __init__(self, data: dict[str, Any]) -> None:
        if data["features"] != [*NAMES, *context_features.NAMES]:
            raise ValueError("body_model.json: made for other features; run benchmarks/train_body.py")
        self._share: float = data["share"]
        width = len(NUMBERS) + len(BIT_SETS)
        own = columns()
        self._first = compiled(data["first"], own)
        around = [str(place) for place in range(width, width + len(context_features.NAMES))]
        self._second = compiled(data["second"], own + around)

    def chances(self, rows: Sequence[Sequence[float] | None], sizes: Sequence[int]) -> list[float]:
        """Chance of each row, 0 where there is none: a first pass, then one that knows the first one's results."""
        places = [at for at, row in enumerate(rows) if row is not None]
        known = [row for row in rows if row is not None]
        first = [_chance(score) for score in map(self._first, known)]
        chances = [0.0] * len(rows)
        context = Context(first, [sizes[at] for at in places])
        for place, (at, row, chance) in enumerate(zip(places, known, first, strict=True)):
            unsure = self.hopeless < chance < self.certain
            chances[at] = _chance(self._second([*row, *context.row(place)])) if unsure else chance
        return chances

    def limit(self, chances: Sequence[float], sizes: Sequence[int]) -> float:
        """The chance from which a block counts as the story's, for the blocks of one page and their characters.

        It is a share of the best F1 to be expected on that page: the less sure its blocks are, the more
        an unsure one is worth. (With true chances the share is a half: Lipton, Elkan, Naryanaswamy, "Optimal
        thresholding of classifiers to maximize F1 measure", ECML PKDD 2014; the trained share is a little less.)
        """
        ranked = sorted(
            [pair for pair in zip(chances, sizes, strict=True) if pair[0] > self.hopeless], reverse=True
        )
        expected = sum([chance * size for chance, size in ranked])
        best = right = taken = 0.0
        for chance, size in ranked:
            right += chance * size
            taken += size
            best = max(best, 2 * right / (taken + expected))
        return max(self._share * best, self.least)


def _chance(score: float) -> float:
    return 1.0 / (1.0 + exp(-score)) if -30.0 < score < 30.0 else float(score > 0.0)


@lru_cache(maxsize=1)
def body_model() -> TreeModel:
    """The shipped model, read once."""
    return TreeModel(json.loads(_FILE.read_text(encoding="utf-8")))
