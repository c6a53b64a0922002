"""Reading a news page: bytes and a URL in, a `Page` or a `Story` out. Imports no Scrapy.

    from newscrawler.extraction import extract
    story = extract(html_bytes, "https://example.org/news/1/slug", "text/html; charset=utf-8")

What is named here is imported when it is first asked for: a command that only checks a profile's selectors
need not load the readers of thirty languages' dates.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawler.extraction.html.selectors import Rules
    from newscrawler.extraction.page import HeadLink, Link, Page
    from newscrawler.extraction.page_reader import extract, read

__all__ = ["HeadLink", "Link", "Page", "Rules", "extract", "read"]

_HOMES = {
    "HeadLink": "page",
    "Link": "page",
    "Page": "page",
    "Rules": "html.selectors",
    "extract": "page_reader",
    "read": "page_reader",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
