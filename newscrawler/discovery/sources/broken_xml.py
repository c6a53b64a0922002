"""Feeds and sitemaps that are no XML any more: bare `&`, `<` in titles, HTML among the fields, ends that never come.

Only the tags of feeds and sitemaps count here; all other markup is dropped, and its text stays. Every field and every
entry ends where the next one begins at the latest, so that a fault costs the entry that has it.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress

from lxml import etree

MAX_CHARS = 20_000_000  # of a broken source that are read; a sitemap of 50,000 pages has about half
_MAX_ENTRIES = 60_000  # that begin, empty ones too; sitemaps have up to 50,000 (sitemaps.org)
_MAX_TOKENS = 1_500_000  # tags and texts: some 30 for each of 50,000 entries
_STEP = 500  # tags in one step
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML = "http://www.w3.org/XML/1998/namespace"

_ENTRY_OF = {
    "sitemapindex": ("sitemap",),
    "urlset": ("url",),
    "rss": ("item", "entry"),
    "feed": ("item", "entry"),
    "rdf": ("item", "entry"),
    "channel": ("item", "entry"),
}
_FIELDS = frozenset({
    "title", "link", "origlink", "guid", "id", "pubdate", "published", "issued", "date", "created", "updated",
    "modified", "lastbuilddate", "loc", "lastmod", "publication_date", "language",
})  # fmt: skip
_OF_NEWS = frozenset({"title", "publication_date", "language"})  # fields of a sitemap within `news:news`
# Elements with fields of their own, which are not the entry's.
_INNER = frozenset({"source", "author", "contributor", "image", "textinput", "group"})
# Prefixes under which feeds and sitemaps have their fields: elsewhere `title` is a picture's, `loc` a video's.
_PREFIXES = frozenset(
    {"dc", "dcterms", "atom", "atom10", "a10", "rss", "news", "feedburner", "rdf", "sm", "sitemap"}
)
_ATTRIBUTE_NAMES = {
    "href": "href", "rel": "rel", "ispermalink": "isPermaLink", "rdf:about": f"{{{_RDF}}}about",
    "xml:lang": f"{{{_XML}}}lang", "xml:base": f"{{{_XML}}}base",
}  # fmt: skip

_TAG = re.compile(r"(/?)(?:([A-Za-z_][\w.-]{0,40}):)?([A-Za-z_][\w.-]{0,60})(?![\w.:-])([^<>]*)>")
_ATTRIBUTE = re.compile(r"([A-Za-z:]{1,30})\s{0,5}=\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def broken_entries(pieces: Iterable[bytes]) -> Iterator[etree._Element | None]:
    """The `url`, `sitemap`, `item` and `entry` elements of a source, None after each few milliseconds' work.

    Each has its fields as children, and the source's element as its parent while it is given out.
    """
    text = yield from _decoded(pieces)
    entries = _Entries()
    for number, token in enumerate(_tokens(text)):
        if number % _STEP == _STEP - 1:
            yield None
        if isinstance(token, str):
            entries.add_text(token)
        elif (entry := entries.add_tag(*token)) is not None:
            yield entry
        if number > _MAX_TOKENS or entries.begun > _MAX_ENTRIES:
            break
    if (entry := entries.end_entry()) is not None:
        yield entry


def _decoded(pieces: Iterable[bytes]) -> Generator[None, None, str]:
    """The text, by its declared encoding; bytes that are no UTF-8 are windows-1252, as in browsers."""
    decoder: codecs.IncrementalDecoder | None = None
    parts: list[str] = []
    length = 0
    for piece in pieces:
        if decoder is None:
            declared = _DECLARED.search(piece[:500])
            name = declared[1].decode("ascii") if declared else "utf-8"
            decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
            if not name.lower().startswith(("utf", "ucs", "iso-10646")):
                with suppress(LookupError):
                    decoder = codecs.getincrementaldecoder(name)("replace")
        parts.append(_ESCAPED_BYTE.sub(_as_windows, decoder.decode(piece)))
        length += len(parts[-1])
        if length > MAX_CHARS:
            break
        yield None
    return "".join(parts)


def _as_windows(escaped: re.Match[str]) -> str:
    return bytes([ord(escaped[0]) - 0xDC00]).decode("cp1252", "replace")


def _tokens(text: str) -> Iterator[str | tuple[bool, str, str, str]]:
    """Texts without entities, and tags as (is an end, prefix, name, attributes); names in lower case."""
    position, length = 0, len(text)
    ends = {"<![CDATA[": "]]>", "<!--": "-->"}
    while position < length:
        start = text.find("<", position)
        start = length if start < 0 else start
        if start > position:
            yield _ENTITY.sub(lambda entity: html.unescape(entity[0]), text[position:start])
        position = start + 1
        for opening, closing in list(ends.items()):
            if text.startswith(opening, start):
                end = text.find(closing, start)
                if end < 0:
                    del ends[opening]  # no end after this one either: its content is read as all else
                    position = start + len(opening)
                    break
                if opening != "<!--":
                    yield text[start + len(opening) : end]
                position = end + len(closing)
                break
        else:
            if text.startswith(("<!", "<?"), start):
                continue  # up to the next tag it is text between elements
            tag = _TAG.match(text, start + 1)
            if tag is not None:
                position = tag.end()
                yield bool(tag[1]), (tag[2] or "").lower(), tag[3].lower(), tag[4]
            elif start < length:
                yield "<"


class _Entries:
    """Entries as their tags come."""

    def __init__(self) -> None:
        self._root: etree._Element | None = None
        self._kind = ""
        self._entry: etree._Element | None = None
        self._prefix = ""  # of the entry
        self._field: etree._Element | None = None
        self._text: list[str] = []
        self._inner = ""
        self.begun = 0

    def add_text(self, text: str) -> None:
        if self._field is not None:
            self._text.append(text)

    def add_tag(self, is_end: bool, prefix: str, name: str, attributes: str) -> etree._Element | None:
        """Take in a tag; an entry that it ends."""
        if self._root is None:
            if name in _ENTRY_OF and not is_end:
                self._kind = name
                self._root = _element(name, attributes)
            return None
        if name in _ENTRY_OF[self._kind]:
            ended = self.end_entry()
            if not is_end:
                self._entry, self._prefix = _element(name, attributes), prefix
                self.begun += 1
            return ended
        if self._inner:
            self._inner = "" if is_end and name == self._inner else self._inner
        elif is_end:
            if self._field is not None and name == etree.QName(self._field).localname:
                self._end_field()
        elif (
            name in _INNER
            and not attributes.endswith("/")
            and not (name == "source" and "url=" in attributes)
        ):
            self._field, self._inner = None, name
        elif name in _FIELDS and (not prefix or prefix == self._prefix or prefix in _PREFIXES):
            self._end_field()
            self._field = _element(name, attributes)
            if attributes.endswith("/"):
                self._end_field()
        return None

    def end_entry(self) -> etree._Element | None:
        """The entry that was under way. What its last field has may be a part, unless a tag ended it."""
        self._field, self._inner = None, ""
        entry, self._entry = self._entry, None
        if entry is not None and not len(entry) and not entry.attrib:
            return None
        if entry is not None and self._root is not None:
            for earlier in self._root.findall(etree.QName(entry).localname):
                self._root.remove(earlier)
            self._root.append(entry)
        return entry

    def _end_field(self) -> None:
        field, self._field = self._field, None
        text, self._text = "".join(self._text), []
        parent = self._entry if self._entry is not None else self._root
        if field is None or parent is None or (parent is self._root and len(parent) > 20):
            return
        field.text = _NO_XML.sub("", text)
        name = etree.QName(field).localname
        if self._kind == "urlset" and name in _OF_NEWS:
            news = parent.find("news")
            parent = news if news is not None else etree.SubElement(parent, "news")
        parent.append(field)


def _element(name: str, attributes: str) -> etree._Element:
    element = etree.Element(name)
    for attribute in _ATTRIBUTE.finditer(attributes[:4000]):
        written = _ATTRIBUTE_NAMES.get(attribute[1].lower())
        if written is not None:
            value = attribute[2] or attribute[3] or attribute[4] or ""
            value = _ENTITY.sub(lambda entity: html.unescape(entity[0]), value)
            element.set(written, _NO_XML.sub("", value))
    return element
