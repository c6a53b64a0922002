"""Headlines as strings: site suffix and section prefix off, and when two headlines are the same. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newscrawler.extraction.html.structured_data import alphanumeric_key

# Separators between a headline and a site's name. A dash needs space around it; bars, guillemets and the
# underscore of Chinese sites need none.
_SEPARATOR = re.compile(
    r"\s+[-–—―·•~:/<>]+\s+|\s*[|｜ㅣ丨»«›‹•_]+\s*|\s*::+\s*|\s+[-–—]{1,2}(?=[A-Z])|(?<=[^\x00-\x7f])[-－](?=\S)"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_SHORTEST_HAN = 8  # characters of a headline
_MOST_CHANNELS = 3  # behind a headline
# Every separator has one of them.
_DIVIDER = re.compile(r"[-–—―·•~:/<>|｜ㅣ丨»«›‹_－]")


def names_site(piece: str, sites: Sequence[str]) -> bool:
    """True for a piece of a title that is the site's name, perhaps with a word or two around it."""
    key = alphanumeric_key(piece)
    if not key or len(key) > 60:
        return False
    for site in sites:
        if key == site:
            return True
        if len(site) > 3 and (key.startswith(site) or key.endswith(site)) and len(key) <= len(site) + 24:
            return True
        if len(key) > 3 and (site.startswith(key) or site.endswith(key)) and 2 * len(key) >= len(site):
            return True
    return False


def is_site(piece: str, sites: Sequence[str]) -> bool:
    """True for the site's name and next to nothing else (`The Example`, `example.com`)."""
    key = alphanumeric_key(piece)
    return any(key == site or (len(site) > 3 and site in key and len(key) <= len(site) + 6) for site in sites)


@lru_cache(maxsize=256)  # a page states its headline in several places
def pieces(text: str) -> tuple[tuple[str, int, int], ...]:
    """The parts of a title between separators: (part, start, end)."""
    if _DIVIDER.search(text) is None:
        return ((text, 0, len(text)),) if text.strip() else ()
    found, start = [], 0
    for match in _SEPARATOR.finditer(text):
        found.append((text[start : match.start()], start, match.start()))
        start = match.end()
    found.append((text[start:], start, len(text)))
    return tuple(part for part in found if part[0].strip())


def strip_site(text: str, sites: Sequence[str]) -> str:
    """A headline without the site's name at its end or beginning.

    There may be a section between the headline and the name (`Headline | Politics | Site`): a short last piece goes
    with the name when bars divide them.
    """
    parts = pieces(text)
    if len(parts) < 2:
        return text
    first, last = 0, len(parts) - 1
    # A headline may name the site: `The Example - Example wins an award`.
    begins = is_site(parts[0][0], sites) and not is_site(parts[last][0], sites)
    while not begins and last > first and names_site(parts[last][0], sites):
        last -= 1
    stripped_end = last < len(parts) - 1
    if not stripped_end:
        while first < last and names_site(parts[first][0], sites):
            first += 1
    if first == 0 and not stripped_end:
        return _before_channel(text)
    while stripped_end and last > first and _is_section(text, parts, first, last):
        last -= 1
    return text[parts[first][1] : parts[last][2]].strip() or text


def _before_channel(text: str) -> str:
    """A Chinese headline without the channel and the site that stand behind underscores."""
    headline, tail, _ = text.partition("_")
    is_chinese = len(_HAN.findall(headline)) >= _SHORTEST_HAN
    return headline.strip() if tail and is_chinese and text.count("_") <= _MOST_CHANNELS else text


def _is_section(text: str, parts: Sequence[tuple[str, int, int]], first: int, last: int) -> bool:
    """True when the last part before the site's name is a section: a word or two behind a bar, and a headline left."""
    part, start, _ = parts[last]
    divider = text[parts[last - 1][2] : start]
    barred = not any(mark in divider for mark in "-–—:") or divider == "-"
    return barred and len(part.split()) <= 2 and len(part) <= 24 and start - parts[first][1] > 14
