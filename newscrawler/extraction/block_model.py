"""The trained model: boosted decision trees over the features of a block, from a plain JSON file.

Trained by `benchmarks/train_body.py`. Format: `{"features": [names], "bias": b, "threshold": p, "trees": [tree]}`,
where a tree is a number (its vote, in log odds) or `[feature, limit, tree if value <= limit, tree otherwise]`.
Gradient boosting: Friedman, "Greedy function approximation", Annals of Statistics 29(5), 2001.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any

from newscrawler.extraction.trees import compiled

_FILE = Path(__file__).with_name("block_model.json")


class BlockModel:
    """Says how likely a block is to be the story's text. Raises ValueError when made for other features."""

    def __init__(self, data: dict[str, Any], names: Sequence[str]) -> None:
        if data["features"] != list(names):
            raise ValueError("block_model.json: made for other features; run benchmarks/train_body.py")
        self.threshold: float = data["threshold"]
        self._bias: float = data["bias"]
        self._score = compiled(data["trees"], len(names))

    def probability(self, row: Sequence[float]) -> float:
        """Between 0 and 1."""
        score = self._bias + self._score(row)
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score))))


@lru_cache(maxsize=2)
def block_model(names: tuple[str, ...]) -> BlockModel:
    """The shipped model, read once."""
    return BlockModel(json.loads(_FILE.read_text(encoding="utf-8")), names)
