"""A generated news site that plants faults, over real HTTP on loopback, with a log of every request.

    with NewsSite(stories=300, shape="id") as site:
        ... crawl site.url ...
        assert {story.url for story in found} == set(site.truth())

What it can do is told at `NewsSite`; what can go wrong on purpose in `faults`.
"""

from tests.newssite.content import NewsStory
from tests.newssite.faults import (
    BlockPage,
    Delay,
    Drip,
    Drop,
    Endless,
    Fault,
    GzipBomb,
    LoginWall,
    Status,
    Truncate,
)
from tests.newssite.server import Request
from tests.newssite.site import NewsSite

__all__ = [
    "BlockPage",
    "Delay",
    "Drip",
    "Drop",
    "Endless",
    "Fault",
    "GzipBomb",
    "LoginWall",
    "NewsSite",
    "NewsStory",
    "Request",
    "Status",
    "Truncate",
]
