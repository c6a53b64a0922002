"""A bounded sample that does not depend on the order in which its members come: those with the smallest hashes."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class BottomSample(Generic[T]):
    """At most `size` values by their hashes, the smallest ones (bottom-k sampling); iterated in the order of hashes."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: dict[int, T] = {}
        self._largest: list[int] = []  # negated hashes, a heap: its top leaves first

    def __len__(self) -> int:
        return len(self._values)

    def wants(self, key: int) -> bool:
        """True when a value of this hash would be kept now."""
        return len(self._values) < self._size or key in self._values or key < -self._largest[0]

    def add(self, key: int, value: T) -> bool:
        """Keep a value, or the new value of a hash that is kept; True when that changed the sample."""
        if not self.wants(key) or self._values.get(key) == value:
            return False
        if key not in self._values:
            if len(self._values) >= self._size:
                del self._values[-heapq.heappop(self._largest)]
            heapq.heappush(self._largest, -key)
        self._values[key] = value
        return True

    def items(self) -> Iterator[tuple[int, T]]:
        for key in sorted(self._values):
            yield key, self._values[key]

    def values(self) -> list[T]:
        return [value for _, value in self.items()]
