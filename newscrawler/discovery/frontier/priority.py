"""Context of a candidate's link, and the comparison of titles."""

from __future__ import annotations

import re

from newscrawler.discovery.frontier.candidates import Candidate
from newscrawler.text import is_headline_long

_HEADLINE_WORDS = 4
_WORDS = re.compile(r"\w+")


def titles_differ(one: str, other: str) -> bool:
    """True when two titles are certainly not of one story: several words each, and hardly one in common."""
    words, others = (set(_WORDS.findall(title.casefold())) for title in (one, other))
    fewest = min(len(words), len(others))
    return fewest >= _HEADLINE_WORDS and len(words & others) * 3 < fewest


def context_of(candidate: Candidate, parent: Candidate | None, of_main: bool) -> str:
    """The context that decides what to expect of a candidate.

    `seed`; `main`: a further page of a seed (`of_main`: the parent is a seed or such a page); `page`: of another
    listing; `feed`: a feed or news sitemap names it as a story; `map`: a plain sitemap; `list`: a headline in a
    listing or related block; `text`: a headline elsewhere; `menu`: another link of a seed; `nav`: any other.
    """
    link_type = candidate.link_type
    if link_type != "navigation":
        if link_type == "seed":
            return "seed"
        if link_type == "pagination":
            return "main" if of_main else "page"
        if link_type == "feed" or (link_type == "sitemap" and candidate.expected_type == "story"):
            return "feed"
        if link_type == "sitemap":
            return "map"
        if candidate.date or is_headline_long(candidate.title):
            return "list" if candidate.place != "body" and link_type in ("listing", "related") else "text"
    return "menu" if parent is not None and parent.link_type == "seed" else "nav"
