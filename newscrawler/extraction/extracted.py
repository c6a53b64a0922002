"""A value together with how it was found."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Extracted(NamedTuple, Generic[T]):
    """`source`: `json-ld`, `opengraph`, `meta`, `microdata`, `state`, `url`, `profile`, `family`, `template`, `dom` or
    `learned`.
    """

    value: T
    source: str
