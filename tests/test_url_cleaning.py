"""Cleaning addresses."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.url_cleaning import absolute, host_of, strip_tracking


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.org/x?utm_source=rss&id=7", "https://a.org/x?id=7"),
        ("https://a.org/x?fbclid=1&gclid=2", "https://a.org/x"),
        ("https://a.org/x?ref=rss", "https://a.org/x"),
        ("https://a.org/x?ref=main-branch", "https://a.org/x?ref=main-branch"),
        ("https://a.org/x?q=a%20b&at_medium=RSS", "https://a.org/x?q=a%20b"),
        ("https://a.org/x#comments", "https://a.org/x"),
        ("https://a.org/#!/story/7", "https://a.org/#!/story/7"),
        ("https://a.org/x?", "https://a.org/x"),
        ("https://[broken?utm_source=x", "https://[broken?utm_source=x"),
    ],
)
def test_strip_tracking(url: str, clean: str) -> None:
    assert strip_tracking(url) == clean


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("/en/news/7/slug", "https://a.org/en/news/7/slug"),
        ("//b.org/x", "https://b.org/x"),
        (" /a b ", "https://a.org/a%20b"),
        ("javascript:void(0)", None),
        ("mailto:x@a.org", None),
        ("#top", None),
        ("", None),
        (None, None),
        ("http://[bad", None),
        ("https://a.org:99999999/x", None),
        ("ftp://a.org/x", None),
        ("http:///x", None),
    ],
)
def test_absolute(reference: str | None, url: str | None) -> None:
    assert absolute("https://a.org/dir/page", reference) == url


@given(st.text(max_size=120))
def test_any_reference_gives_a_fetchable_url_or_none(reference: str) -> None:
    url = absolute("https://a.org/", reference)
    if url is not None:
        assert urlsplit(url).scheme in ("http", "https")
        assert host_of(url)


@given(st.text(max_size=120))
def test_stripping_twice_changes_nothing_more(url: str) -> None:
    once = strip_tracking(url)
    assert strip_tracking(once) == once
