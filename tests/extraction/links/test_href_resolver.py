"""Addresses of a page joined all together are what they are one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.extraction.links import href_resolver
from newscrawler.extraction.links.href_resolver import HrefResolver

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
    joiner = HrefResolver(base)
    alone = {href: joiner.join(href) for href in several}
    for again in range(2):  # the second time some are known
        assert joiner.join_all(several) == alone, again


def test_no_href_is_no_address() -> None:
    assert HrefResolver("https://example.org/").join_all([None, "/a"]) == {
        None: None,
        "/a": "https://example.org/a",
    }


def test_what_is_known_of_a_site_is_bounded_and_right_on_each_of_its_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(href_resolver, "_MOST_KNOWN", 10)
    for number in range(30):
        joiner = HrefResolver(f"https://example.org/{number}/page")
        assert joiner.join_all([f"/a/{number}", "/shared", "b"]) == {
            f"/a/{number}": f"https://example.org/a/{number}",
            "/shared": "https://example.org/shared",
            "b": f"https://example.org/{number}/b",
        }
        assert len(joiner._known) <= 10
