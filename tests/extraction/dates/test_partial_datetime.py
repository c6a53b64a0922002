"""Machine-readable dates: any value gives a well-formed date or none."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.extraction.dates.partial_datetime import read_stamp

ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?)?")
PIECES = st.sampled_from(
    [
        *"0123456789 .:/-,|()٣۱元十年月日월前م",
        "2024", "1403", "2567", "May", "mai", "мая", "مايو", "আগস্ট", "พ.ค.", "am", "GMT+2", "CET", "tháng", "ago",
        "vor", "yesterday", "updated", "令和", "Jan",
    ]
)  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(PIECES, max_size=12).map("".join),
        st.integers(),
        st.floats(),
        st.none(),
    )
)
@settings(max_examples=400, deadline=None)
def test_any_declared_value(value: object) -> None:
    stamp = read_stamp(value)
    assert stamp is None or ISO.fullmatch(stamp.iso), (value, stamp)
