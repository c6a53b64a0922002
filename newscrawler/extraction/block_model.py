"""The trained model: boosted decision trees over the features of a block, from a plain JSON file.

Trained by `benchmarks/train_body.py`. Format: `{"features": [names], "threshold": p, "first":
[tree], "second": [tree]}`, where a tree is a number (its vote, in log odds) or `[feature, limit, tree if the value
is at most the limit, tree otherwise]`.
Gradient boosting: Friedman, "Greedy function approximation", Annals of Statistics 29(5), 2001.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any

from newscrawler.extraction import block_context
from newscrawler.extraction.block_context import Context
from newscrawler.extraction.block_features import BIT_SETS, NAMES, NUMBERS, columns
from newscrawler.extraction.trees import compiled

_FILE = Path(__file__).with_name("block_model.json")


class BlockModel:
    """Says how likely blocks are to be the story's text. Raises ValueError when made for other features."""

    def __init__(self, data: dict[str, Any]) -> None:
        if data["features"] != [*NAMES, *block_context.NAMES]:
            raise ValueError("block_model.json: made for other features; run benchmarks/train_body.py")
        self.threshold: float = data["threshold"]
        width = len(NUMBERS) + len(BIT_SETS)
        own = columns()
        self._first = compiled(data["first"], own)
        around = [str(place) for place in range(width, width + len(block_context.NAMES))]
        self._second = compiled(data["second"], own + around)

    def chances(self, rows: Sequence[Sequence[float] | None], sizes: Sequence[int]) -> list[float]:
        """Between 0 and 1 for each row, 0 where there is none: a first look, then one that knows the first's."""
        places = [at for at, row in enumerate(rows) if row is not None]
        known = [row for row in rows if row is not None]
        first = [_chance(score) for score in map(self._first, known)]
        chances = [0.0] * len(rows)
        context = Context(first, [sizes[at] for at in places])
        for place, (at, row, chance) in enumerate(zip(places, known, first, strict=True)):
            unsure = _HOPELESS < chance < _SURE
            chances[at] = _chance(self._second([*row, *context.row(place)])) if unsure else chance
        return chances


# After the first look, not worth a second: of 7,449 blocks of real pages none beyond these changed sides.
_HOPELESS, _SURE = 0.04, 0.97


def _chance(score: float) -> float:
    return 1.0 / (1.0 + exp(-score)) if -30.0 < score < 30.0 else float(score > 0.0)


@lru_cache(maxsize=1)
def block_model() -> BlockModel:
    """The shipped model, read once."""
    return BlockModel(json.loads(_FILE.read_text(encoding="utf-8")))
