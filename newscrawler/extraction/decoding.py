"""Bytes to text: byte order mark, then HTTP header, then the page's own declaration, then detection."""

from __future__ import annotations

from w3lib.encoding import html_to_unicode


def decode(body: bytes, content_type: str | None) -> tuple[str, str]:
    """The text of `body` and the name of the encoding used. Never raises."""
    encoding, text = html_to_unicode(content_type, body, default_encoding="utf-8")
    return text, encoding
