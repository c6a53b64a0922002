"""Decision trees as one Python function: an order of magnitude faster than walking them as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any


def compiled(trees: Sequence[Any], width: int) -> Callable[[Sequence[float]], float]:
    """A function from a row of `width` numbers to the sum of the trees' votes.

    A tree is a number (its vote) or `[feature, limit, tree if value <= limit, tree otherwise]`. Raises ValueError
    for anything else.
    """
    names = [f"f{place}" for place in range(width)]
    lines = ["def score(row):", f"    {', '.join(names)}, = row", "    total = 0.0"]
    lines += [f"    total += {_expression(tree, width)}" for tree in trees]
    lines.append("    return total")
    scope: dict[str, Any] = {}
    # The source holds nothing but names of our own and numbers: see _expression.
    exec(compile("\n".join(lines), "<trees>", "exec"), scope)  # noqa: S102
    function: Callable[[Sequence[float]], float] = scope["score"]
    return function


def _expression(tree: Any, width: int) -> str:
    if isinstance(tree, (int, float)):
        return _number(tree)
    feature, limit, low, high = tree
    if not isinstance(feature, int) or not 0 <= feature < width:
        raise ValueError(f"a tree asks for feature {feature!r} of {width}")
    return f"({_expression(low, width)} if f{feature} <= {_number(limit)} else {_expression(high, width)})"


def _number(value: Any) -> str:
    if not isinstance(value, (int, float)) or not isfinite(value):
        raise ValueError(f"a tree holds {value!r} in place of a number")
    return repr(float(value))
