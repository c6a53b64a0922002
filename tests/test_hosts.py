"""Host names in one form, and their registrable domains."""

from __future__ import annotations

import pytest

from newscrawler.hosts import is_address, normal_host, registrable


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.example.org", "example.org"),
        ("news.example.co.uk", "example.co.uk"),
        ("example.com.au", "example.com.au"),
        ("10.0.0.1", "10.0.0.1"),
        ("localhost", "localhost"),
        ("jane.blogspot.com", "jane.blogspot.com"),
        ("NEWS.Example.org.", "example.org"),
        ("[2001:db8::1]", "[2001:db8::1]"),
    ],
)
def test_registrable(host: str, site: str) -> None:
    assert registrable(host) == site


@pytest.mark.parametrize(
    ("host", "normal"),
    [
        ("Bücher.example", "xn--bcher-kva.example"),
        ("www.example.org.", "www.example.org"),
        ("a b.example", None),
        ("2001:db8::1", "[2001:db8::1]"),
        ("a:b", None),
    ],
)
def test_normal_host(host: str, normal: str | None) -> None:
    assert normal_host(host) == normal


def test_addresses() -> None:
    assert is_address("10.0.0.1")
    assert is_address("[2001:db8::1]")
    assert not is_address("10.example.org")
