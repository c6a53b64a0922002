"""Hrefs resolved to absolute URLs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.extraction.links.href_resolver import MAX_URL, HrefResolver

PIECES = [
    "/", "//", ".", "..", "./", "../", "?", "#", ":", ";", "&", "=", "a", "b.html", "news", "42", "http:", "https://",
    "http://example.org", "https://other.example", "HTTP://X.org", "javascript:", "mailto:", "tel:", "[", "]", "@", "%",
    "%20", "é", "\\", "|",
]  # fmt: skip
hrefs = st.lists(st.sampled_from([*PIECES, " ", "\n", "\t"]), max_size=6).map("".join)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a#part", "https://example.org/a"),
        ("#part", None),
        ("  ", None),
        ("mailto:a@example.org", None),
        ("//other.example/a b", "https://other.example/a%20b"),
        ("../two", "https://example.org/en/news/two"),
        ("b?c=/../d", "https://example.org/en/news/1/b?c=/../d"),
        ("http://[bad", None),
        ("/a#" + "x" * 5000, "https://example.org/a"),
        ("/" + "x" * 5000, None),
    ],
)
def test_join(href: str, url: str | None) -> None:
    assert HrefResolver("https://example.org/en/news/1/one").join(href) == url


@pytest.mark.parametrize("base", ["", "file:///x", "http://[bad"])
def test_a_base_without_host_resolves_whole_urls_alone(base: str) -> None:
    resolver = HrefResolver(base)
    assert resolver.join("https://example.org/a") == "https://example.org/a"
    assert resolver.join("/a") is None


@given(href=hrefs)
def test_any_href_gives_a_page_address_or_none(href: str) -> None:
    url = HrefResolver("https://example.org/en/news/1/one").join(href)
    if url is not None:
        assert url.startswith(("http://", "https://", "HTTP://"))
        assert "#" not in url
        assert len(url) <= MAX_URL
        assert url.isprintable()


def test_backslashes_are_slashes_as_browsers_read_them() -> None:
    join = HrefResolver("http://a.example/x/").join
    assert join("\\news\\harbour") == "http://a.example/news/harbour"
    assert join("news\\tide?q=a\\b") == "http://a.example/x/news/tide?q=a\\b"
    assert join("http:\\\\a.example\\news") == "http://a.example/news"
