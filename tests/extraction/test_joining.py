"""Addresses of a page joined all together are what they are one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.extraction.joining import Joiner

PIECES = [
    "/", "//", ".", "..", "./", "../", "?", "#", ":", ";", "&", "=", "a", "b.html", "news", "42", "http:", "https://",
    "http://example.org", "https://other.example", "HTTP://X.org", "javascript:", "mailto:", "tel:", "[", "]", "@", "%",
    "%20", "é", "\\", "|",
]  # fmt: skip
hrefs = st.lists(st.sampled_from([*PIECES, " ", "\n", "\t"]), max_size=6).map("".join)


@pytest.mark.parametrize(
    "base", ["https://example.org/en/news/1/one", "http://example.org", "", "file:///x", "http://[bad"]
)
@given(several=st.lists(hrefs, max_size=12))
def test_together_as_one_by_one(base: str, several: list[str]) -> None:
    joiner = Joiner(base)
    assert joiner.join_all(several) == {href: joiner.join(href) for href in several}


def test_no_href_is_no_address() -> None:
    assert Joiner("https://example.org/").join_all([None, "/a"]) == {
        None: None,
        "/a": "https://example.org/a",
    }
