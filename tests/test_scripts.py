"""Characters of each kind of script."""

from __future__ import annotations

import re

import pytest

from newscrawler.scripts import DENSE, IDEOGRAPHIC, UNSPACED


@pytest.mark.parametrize(
    ("character", "kinds"),
    [
        ("橋", "ideographic unspaced dense"),
        ("は", "ideographic unspaced dense"),
        ("\U00020000", "ideographic unspaced dense"),
        ("ข", "unspaced dense"),
        ("ខ", "unspaced dense"),
        ("다", "dense"),
        ("я", ""),
        ("a", ""),
    ],
)
def test_kinds_of_scripts(character: str, kinds: str) -> None:
    classes = {"ideographic": IDEOGRAPHIC, "unspaced": UNSPACED, "dense": DENSE}
    found = [name for name, ranges in classes.items() if re.fullmatch(f"[{ranges}]", character)]
    assert found == kinds.split()
