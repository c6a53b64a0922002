"""From which chance on a block counts as the story's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest

from newscrawler.extraction.body import block_features, context_features
from newscrawler.extraction.body.body_classifier import TreeModel, body_model

FEATURES = [*block_features.NAMES, *context_features.NAMES]


def expected_f1(chances: Sequence[float], sizes: Sequence[int], taken: Sequence[int]) -> float:
    right = sum(chances[at] * sizes[at] for at in taken)
    return (
        2 * right / (sum(sizes[at] for at in taken) + sum(c * s for c, s in zip(chances, sizes, strict=True)))
    )


@pytest.mark.parametrize(
    "chances",
    [
        [0.99, 0.98, 0.97, 0.05],
        [0.9, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1],
        [0.45, 0.44, 0.43, 0.2, 0.3],
    ],
)
def test_blocks_beyond_half_the_best_expected_f1_are_the_best_choice(chances: list[float]) -> None:
    sizes = [100] * len(chances)
    places = range(len(chances))
    best = max(
        (expected_f1(chances, sizes, taken), taken)
        for count in range(1, len(chances) + 1)
        for taken in combinations(places, count)
    )
    model = TreeModel({"features": FEATURES, "share": 0.5, "first": [0.0], "second": [0.0]})
    limit = model.limit(chances, sizes)
    assert limit == pytest.approx(best[0] / 2)
    assert [at for at in places if chances[at] >= limit] == list(best[1])


def test_an_unsure_block_is_worth_more_on_an_unsure_page() -> None:
    sure, unsure = [0.99, 0.99, 0.34], [0.6, 0.5, 0.34]
    assert not sure[2] >= body_model().limit(sure, [300, 300, 300])
    assert unsure[2] >= body_model().limit(unsure, [300, 300, 300])


@pytest.mark.parametrize("chances", [[], [0.0], [0.1, 0.05], [0.0, 0.24]])
def test_hardly_likely_blocks_are_never_taken(chances: list[float]) -> None:
    assert all(chance < body_model().limit(chances, [500] * len(chances)) for chance in chances)
