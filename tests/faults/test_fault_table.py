"""The fault table: whatever else a site does, its thirty healthy stories come once each, and the run ends truthfully.

A sample of the rows is tried by `make test`, all of them by `make faults`.
"""

from __future__ import annotations

import os

import pytest

from tests.faults import broken_pages, broken_sites, broken_sources
from tests.faults.faulty_site import Row, problems_of

ROWS: list[Row] = [*broken_pages.ROWS, *broken_sources.ROWS, *broken_sites.ROWS]
_ALL = os.environ.get("NEWSCRAWLER_FAULTS") == "all"
_EVERY = 1 if _ALL else -(-len(ROWS) // 25)


@pytest.mark.parametrize("row", ROWS[::_EVERY], ids=lambda row: row.name)
def test_a_fault(row: Row, tmp_path):
    assert problems_of(row, tmp_path, runs=2 if _ALL else 1) == [], row.name


def test_the_table_is_long_and_names_each_row_once():
    assert len({row.name for row in ROWS}) == len(ROWS) >= 120
