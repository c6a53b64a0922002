"""What a URL alone says of its page: worked out once, for most of them from what their directory says."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from newscrawler.discovery.frontier.freshness import period_in_url
from newscrawler.discovery.urls.canonical_url import escaped, is_escaped, plain_origin, url_key
from newscrawler.discovery.urls.path_endings import Ending, ending_of
from newscrawler.discovery.urls.queries import Query, query_of
from newscrawler.discovery.urls.story_numbers import (
    LISTING_WORDS,
    MOST_SEGMENTS,
    is_story_number,
    number_at_end,
    story_number_of,
)
from newscrawler.discovery.urls.traps import MAX_SEGMENTS, trap_in
from newscrawler.discovery.urls.url_patterns import DirectoryShape, shape_of

Period = tuple[datetime, datetime]

# What needs no canonicalisation before the last segment, and is no mark of a twin.
_DIRECTORY = re.compile(
    r"(https?://[a-z0-9.-]+(?::\d+)?)(?!/(?i:amp|print)(?:/|$))"
    r"((?:/[A-Za-z0-9_~!$&'()*+,:=@%-][A-Za-z0-9._~!$&'()*+,:=@%-]*)*)",
    re.ASCII,
)
_LONGEST = 1000  # characters: with a last segment and a query that are short enough too, no URL is too long
_DIRECTORIES = 1 << 11  # remembered, with what they say
_KINDS = 32  # remembered of a directory


class AddressKind:
    """What addresses have in common that differ only in what stands for a page.

    `shape`, `trap` and `period` as `shape_of`, `trap_in` and `period_in_url` say of the key. Of ordinary URLs also
    `directory`, and `no_page`: whether the last segment is named like a file that is no page.
    """

    __slots__ = ("directory", "no_page", "period", "shape", "trap")

    def __init__(
        self,
        shape: str,
        trap: str | None,
        period: Period | None,
        directory: Directory | None = None,
        no_page: bool = False,
    ) -> None:
        self.shape = shape
        self.trap = trap
        self.period = period
        self.directory = directory
        self.no_page = no_page


class Address(NamedTuple):
    """What there is to know of a URL: `key` as `url_key` gives it, empty when the URL is malformed; `number` as
    `story_number_of` says of the key."""

    key: str
    kind: AddressKind
    number: tuple[str, str, str] | None = None


class Directory:
    """What the ordinary URLs directly in one directory have in common.

    `origin` and `path`, without its last slash, as written; `host`: of the keys.
    """

    __slots__ = (
        "_key",
        "_kinds",
        "_listing",
        "_may_begin_date",
        "_names",
        "_numbered",
        "_period",
        "_repeats",
        "_shape",
        "host",
        "origin",
        "path",
    )

    def __init__(self, origin: str, path: str, key_origin: str) -> None:
        self.origin = origin
        self.path = path
        self.host = key_origin[8:]
        self._key = f"{key_origin}{path}/"
        names = path.split("/")[1:]
        self._names = frozenset(names)
        self._repeats = len(self._names) < len(names) or len(names) >= MAX_SEGMENTS
        numbered = any(map(is_story_number, filter(str.isdecimal, names)))
        self._numbered = numbered or len(names) >= MOST_SEGMENTS
        self._listing = bool(names) and names[-1].lower() in LISTING_WORDS
        self._may_begin_date = "/1" in path or "/2" in path
        self._period = period_in_url(f"{self._key}x") if self._may_begin_date else None
        self._shape = DirectoryShape(self.host, names)
        self._kinds: dict[Ending | tuple[Ending, str, str | None], AddressKind] = {}

    def address(self, last: str, ending: Ending, query: Query | None) -> Address:
        """What there is to know of the URL with this last segment and this query."""
        key = self._key + last
        if not (
            ending.is_action
            or self._repeats
            or last in self._names
            or (ending.begins_with_digit and self._is_date(key, last))
        ):
            known = self._kinds.get(ending if query is None else (ending, query.shape, query.trap))
            kind = known or self._kind(ending, query)
        else:
            kind = self._kind_alone(key, ending, query)
        number = None
        if query is not None:
            key = f"{key}?{query.text}"
        elif self._numbered:
            number = story_number_of(key)
        elif ending.may_be_numbered:
            number = number_at_end(self._key, last, self._listing)
        return _new(Address, (key, kind, number))

    def _is_date(self, key: str, last: str) -> bool:
        """Whether digits at the beginning of a key's last segment may be a date, or go on with the directory's."""
        return self._may_begin_date or len(last) == 4 or period_in_url(key) is not None

    def _kind(self, ending: Ending, query: Query | None) -> AddressKind:
        """Of what differs in the last segment's words alone."""
        shape = self._shape.of(ending.form)
        if query is None:
            kind = AddressKind(shape, None, self._period, self, ending.no_page)
        else:
            kind = AddressKind(f"{shape}?{query.shape}", query.trap, self._period, self, ending.no_page)
        if len(self._kinds) < _KINDS:
            self._kinds[ending if query is None else (ending, query.shape, query.trap)] = kind
        return kind

    def _kind_alone(self, key: str, ending: Ending, query: Query | None) -> AddressKind:
        """Of this very key: its last segment may go on with a date, repeat a directory, or be an action."""
        shape, trap, period = shape_of(key), trap_in(key), period_in_url(key)
        if query is not None:
            shape, trap = f"{shape}?{query.shape}", trap or query.trap
        return AddressKind(shape, trap, period, self, ending.no_page)


_new = tuple.__new__  # a third of the time that a named tuple's own takes


def address_of(url: str) -> Address:
    """What there is to know of a URL. Never raises."""
    plain = url if url.isascii() and "%" not in url else escaped(url)
    path, _, query = plain.partition("?") if "?" in plain else (plain, "", "")
    head, _, last = path.rpartition("/")
    if not last:
        head, _, last = head.rpartition("/")
        if "." in last:
            return _read(url)  # a front page, or what looks like a file
    directory = _directory(head)
    ending = ending_of(last)
    if directory is None or ending is None:
        return _read(url)
    if not query:
        return directory.address(last, ending, None)
    cleaned = query_of(query)
    return (
        _read(url) if cleaned is None else directory.address(last, ending, cleaned if cleaned.text else None)
    )


def address_of_key(key: str) -> Address:
    """What there is to know of a key."""
    return Address(key, AddressKind(shape_of(key), trap_in(key), period_in_url(key)), story_number_of(key))


def _read(url: str) -> Address:
    key = url_key(url)
    return _MALFORMED if key is None else address_of_key(key)


_MALFORMED = Address("", AddressKind("", None, None))


@lru_cache(maxsize=_DIRECTORIES)
def _directory(head: str) -> Directory | None:
    """A directory by its URL without the last slash; None when what is in it needs a closer look."""
    plain = _DIRECTORY.fullmatch(head) if len(head) <= _LONGEST else None
    if plain is None or not is_escaped(head):
        return None
    origin, path = plain.groups()
    key_origin = plain_origin(origin, False)
    return None if key_origin is None else Directory(origin, path, key_origin)
