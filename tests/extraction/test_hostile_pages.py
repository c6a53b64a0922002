"""Pages that are made to be slow are read in a moment. The whole of them: `python -m benchmarks.hostile`, `--grid`."""

from __future__ import annotations

import pytest

from benchmarks.hostile import MAX_STEP, visit_page, visit_source
from benchmarks.hostile_pages import KINDS, PLACES, SOURCES, STRINGS, in_place, page

AT_ONCE = 7  # of the strings each place gets every seventh: another begin for each place


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    visit_page(page())  # loads what is loaded on first use


@pytest.mark.parametrize("number", range(AT_ONCE))
def test_no_place_of_a_page_takes_long_for_a_long_string(number: int) -> None:
    for place in list(PLACES)[number::AT_ONCE]:
        for piece in STRINGS[number::AT_ONCE]:
            assert max(visit_page(in_place(place, piece)())) < MAX_STEP, f"{place}: {piece!r}"


@pytest.mark.parametrize("place", ["og:image", "alt", "srcset", "JSON-LD image"])
@pytest.mark.parametrize("piece", ["_", "-", "-_"])
def test_a_picture_of_many_hyphens(place: str, piece: str) -> None:
    assert max(visit_page(in_place(place, piece)())) < MAX_STEP


@pytest.mark.parametrize(
    "kind",
    [
        "attributes of one tag 100,000 with >",
        "rel 30,000 times",
        "pager of 100,000 numbers",
        "itemprops 50,000",
        "asides in depth",
        "declared text of 5 MB",
    ],
)
def test_no_kind_of_page_takes_long(kind: str) -> None:
    # Some take up to the bound of a step: the machine may be loud.
    assert max(visit_page(KINDS[kind]())) < 5 * MAX_STEP


@pytest.mark.parametrize("kind", ["JSON feed of 10 MB", "spaces before XML", "feed of nested tags"])
def test_no_kind_of_source_takes_long(kind: str) -> None:
    times = visit_source(SOURCES[kind]())
    assert max(times) < 5 * MAX_STEP
    assert sum(times) < 10 * MAX_STEP
