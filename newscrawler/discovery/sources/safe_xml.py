"""Opening what a server sends as gzip or XML without letting it choose how much work that is."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress

from lxml import etree

MAX_BYTES = 52_428_800  # the sitemap protocol's own limit, uncompressed
PIECE = 65_536  # bytes that are read at a time: a few milliseconds' work

# Of a document's size this is what costs memory: a full sitemap (50,000 pages with ten alternates each) has half.
MAX_TAGS = 2_000_000
MAX_ATTRIBUTES = 4_000_000


class TooLarge(ValueError):
    """More bytes than `MAX_BYTES` after decompression."""


def unpacked(body: bytes, limit: int = MAX_BYTES) -> Iterator[bytes]:
    """The body piece by piece, gunzipped if it is gzip (once; a cut-off file gives what there is).

    Raises TooLarge when it holds more than `limit` bytes, ValueError when it is not valid gzip.
    """
    if body[:2] != b"\x1f\x8b":
        if len(body) > limit:
            raise TooLarge(f"more than {limit} bytes")
        for start in range(0, len(body), PIECE):
            yield body[start : start + PIECE]
        return
    decoder = zlib.decompressobj(wbits=31)
    size, packed = 0, body
    while packed and not decoder.eof:
        try:
            plain = decoder.decompress(packed, PIECE)
        except zlib.error as error:
            raise ValueError(f"not gzip: {error}") from None
        size += len(plain)
        if size > limit:
            raise TooLarge(f"more than {limit} bytes unpacked")
        if not plain:
            return
        yield plain
        packed = decoder.unconsumed_tail


class XmlPieces:
    """An XML document that is parsed piece by piece, mended where it is broken.

    No entity is expanded, no DTD read, nothing fetched; depth and text lengths have libxml2's limits.
    """

    def __init__(self, *tags: str) -> None:
        """`tags`: local names of the elements that `feed` gives back."""
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=[f"{{*}}{each}" for tag in tags for each in (tag, tag.upper(), tag.title())],
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            recover=True,
            remove_comments=True,
            remove_pis=True,
        )
        self._tags = self._attributes = 0
        self.root: etree._Element | None = None  # known from the first of these elements on, or at the end

    def feed(self, piece: bytes) -> Iterator[etree._Element]:
        """The elements that end in this piece. Clear what is not needed any more.

        Raises TooLarge when there are more than `MAX_TAGS` tags or `MAX_ATTRIBUTES` attributes by now.
        """
        self._tags += piece.count(b"<")
        self._attributes += piece.count(b"=")
        if self._tags > MAX_TAGS or self._attributes > MAX_ATTRIBUTES:
            raise TooLarge("more elements than any sitemap or feed has")
        with suppress(etree.XMLSyntaxError):
            self._parser.feed(piece)
        yield from self._ended()

    @property
    def is_broken(self) -> bool:
        """True when what was read is no XML, and elements may be missing or wrong. Prefixes need not be declared."""
        return any(not error.type_name.startswith("NS_") for error in self._parser.feed_error_log)

    def close(self) -> Iterator[etree._Element]:
        """The elements that the document's end ends."""
        try:
            root = self._parser.close()
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if self.root is None and isinstance(root, etree._Element):
            self.root = root
        yield from self._ended()

    def _ended(self) -> Iterator[etree._Element]:
        for event, element in self._parser.read_events():
            if not isinstance(element, etree._Element):
                continue
            if self.root is None:
                self.root = element.getroottree().getroot()
            if event == "end":
                yield element


def local(element: etree._Element) -> str:
    """The element's name without namespace, lower case; "" for an entity reference."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def text_of(element: etree._Element) -> str:
    """All text of an element, one line."""
    return " ".join("".join(part for part in element.itertext() if isinstance(part, str)).split())
