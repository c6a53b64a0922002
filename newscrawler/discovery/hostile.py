"""Opening what a server sends as gzip or XML without letting it choose how much work that is."""

from __future__ import annotations

import zlib

from lxml import etree

MAX_BYTES = 52_428_800  # the sitemap protocol's own limit, uncompressed


# Of a document's size this is what costs memory: a full sitemap (50,000 pages with ten alternates each) has half.
MAX_TAGS = 2_000_000
MAX_ATTRIBUTES = 4_000_000


class TooLarge(ValueError):
    """More bytes than `MAX_BYTES` after decompression."""


def unpacked(body: bytes, limit: int = MAX_BYTES) -> bytes:
    """The body, gunzipped if it is gzip (once; a cut-off file gives what there is).

    Raises TooLarge when it holds more than `limit` bytes, ValueError when it is not valid gzip at all.
    """
    if body[:2] != b"\x1f\x8b":
        if len(body) > limit:
            raise TooLarge(f"more than {limit} bytes")
        return body
    decoder = zlib.decompressobj(wbits=31)
    try:
        plain = decoder.decompress(body, limit + 1)
    except zlib.error as error:
        raise ValueError(f"not gzip: {error}") from None
    if len(plain) > limit:
        raise TooLarge(f"more than {limit} bytes unpacked")
    return plain


def parsed(body: bytes) -> etree._Element | None:
    """The root of an XML document, mended where it is broken; None when there is none.

    No entity is expanded, no DTD read, nothing fetched; depth and text lengths have libxml2's limits.
    Raises TooLarge when it has more than `MAX_TAGS` tags or `MAX_ATTRIBUTES` attributes.
    """
    if body.count(b"<") > MAX_TAGS or body.count(b"=") > MAX_ATTRIBUTES:
        raise TooLarge("more elements than any sitemap or feed has")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(body.lstrip(b"\xef\xbb\xbf \t\r\n") or b"<empty/>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local(element: etree._Element) -> str:
    """The element's name without namespace, lower case; "" for an entity reference."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def text_of(element: etree._Element) -> str:
    """All text of an element, one line."""
    return " ".join("".join(part for part in element.itertext() if isinstance(part, str)).split())
