"""Parts of a site that never end. Each trap has an entrance, which the front page links, and a path of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode

from tests.newssite.rendering import Link


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=6).hexdigest()


def _calendar(path: str) -> list[Link]:
    year, month = map(int, re.findall(r"\d+", path)[:2])
    after = (year + month // 12, month % 12 + 1)
    days = [(f"/events/{year}/{month:02}?day={day}", str(day)) for day in range(1, 29)]
    return [*days, (f"/events/{after[0]}/{after[1]:02}", "Next month")]


def _facets(path: str) -> list[Link]:
    query = dict(parse_qsl(path.partition("?")[2]))
    choices = {
        "sort": ("new", "old", "title"),
        "year": tuple(map(str, range(2000, 2027))),
        "size": ("10", "20", "50"),
    }
    choices |= {"topic": tuple(f"t{n}" for n in range(20)), "view": ("list", "grid")}
    return [
        (f"/find?{urlencode({**query, name: value})}", f"{name}: {value}")
        for name, values in choices.items()
        for value in values
        if query.get(name) != value
    ]


def _sessions(path: str) -> list[Link]:
    return [(f"/visit?PHPSESSID={_hash(f'{path}{n}')}", f"Continue {n}") for n in range(5)]


def _repeating(path: str) -> list[Link]:
    return [("guide/", "Guide"), ("guide/help/", "Help")]  # relative, as a careless template has them


def _depth(path: str) -> list[Link]:
    return [(f"{path}/{_hash(f'{path}{n}')}", f"Deeper {n}") for n in range(3)]


# name -> (entrance, what its addresses start with, links of a page)
TRAPS: dict[str, tuple[str, str, Callable[[str], list[Link]]]] = {
    "calendar": ("/events/2026/12", "/events/", _calendar),
    "facets": ("/find?sort=new", "/find", _facets),
    "sessions": ("/visit?PHPSESSID=0", "/visit", _sessions),
    "repeating": ("/guide/", "/guide/", _repeating),
    "depth": ("/tree/root", "/tree/", _depth),
}
