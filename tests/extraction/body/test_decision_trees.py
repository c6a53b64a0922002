"""Trees as code give what trees as data say."""

from __future__ import annotations

import random
from typing import Any

import pytest

from newscrawler.extraction.body.decision_trees import compiled


def walked(tree: Any, row: list[float]) -> float:
    while isinstance(tree, list):
        feature, limit, low, high = tree
        tree = low if row[feature] <= limit else high
    return float(tree)


def grown(dice: random.Random, depth: int) -> Any:
    if depth == 0 or dice.random() < 0.2:
        return round(dice.uniform(-2, 2), 4)
    return [
        dice.randrange(5),
        dice.choice([0, 1e-30, -3.5, 40]),
        grown(dice, depth - 1),
        grown(dice, depth - 1),
    ]


def test_votes_are_those_of_the_trees_walked_one_by_one() -> None:
    dice = random.Random(5)
    trees = [grown(dice, 6) for _ in range(40)]
    score = compiled(trees, list("01234"))
    for _ in range(300):
        row = [dice.choice([0.0, 1e-30, -3.5, 40.0, dice.uniform(-50, 50)]) for _ in range(5)]
        assert score(row) == pytest.approx(sum(walked(tree, row) for tree in trees), abs=1e-12), row


def test_no_trees_and_one_feature() -> None:
    assert compiled([], ["0"])([3.0]) == 0.0
    assert compiled([[0, 2, 1, -1]], ["0"])([2.0]) == 1.0


@pytest.mark.parametrize(
    "tree", [[5, 0.5, 1, 2], ["f0", 0.5, 1, 2], [0, "1", 1, 2], [0, 0.5, "import os", 2], float("nan"), "1"]
)
def test_anything_but_numbers_is_refused(tree: Any) -> None:
    with pytest.raises(ValueError, match=r"tree|unpack"):
        compiled([tree], list("01234"))


def test_a_bit_of_a_number_is_a_feature() -> None:
    score = compiled([[1, 0.5, -1, 1], [2, 0.5, -10, 10]], ["0", "1 & 1", "1 & 4"])
    assert [score([7.0, bits]) for bits in range(8)] == [-11.0, -9.0, -11.0, -9.0, 9.0, 11.0, 9.0, 11.0]


def test_whole_numbers_are_compared_with_whole_limits() -> None:
    trees = [[0, 2.5, -1, 1], [0, -0.5, -10, 10], [0, 3.0, -100, 100]]
    whole, any_number = compiled(trees, ["#0"]), compiled(trees, ["0"])
    for number in range(-3, 6):
        assert whole([number]) == any_number([number]) == sum(walked(tree, [number]) for tree in trees), (
            number
        )


@pytest.mark.parametrize("column", ["", "x", "1 | 2", "-1", "0 & -1", "0); import os"])
def test_a_column_is_a_place_or_a_bit(column: str) -> None:
    with pytest.raises(ValueError, match="column"):
        compiled([1.0], [column])
