"""Reading a news page: bytes and a URL in, a `Page` or a `Story` out. Imports no Scrapy.

    from newscrawler.extraction import extract
    story = extract(html_bytes, "https://example.org/news/1/slug", "text/html; charset=utf-8")

Names are imported on first use: a command that only checks a profile's selectors need not load the readers of
thirty languages' dates.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawler.extraction.html.selectors import Selectors
    from newscrawler.extraction.html.selectors import Selectors as Rules
    from newscrawler.extraction.joined_pages import INCOMPLETE, is_later_page, join_pages
    from newscrawler.extraction.links.link import HeadLink, Link
    from newscrawler.extraction.page import Page
    from newscrawler.extraction.page_reader import extract, read

__all__ = [
    "INCOMPLETE",
    "HeadLink",
    "Link",
    "Page",
    "Rules",
    "Selectors",
    "extract",
    "is_later_page",
    "join_pages",
    "read",
]

# `Rules` is the earlier name of `Selectors`.
_HOMES = {
    "HeadLink": ("links.link", "HeadLink"),
    "Link": ("links.link", "Link"),
    "Page": ("page", "Page"),
    "Rules": ("html.selectors", "Selectors"),
    "Selectors": ("html.selectors", "Selectors"),
    "INCOMPLETE": ("joined_pages", "INCOMPLETE"),
    "extract": ("page_reader", "extract"),
    "is_later_page": ("joined_pages", "is_later_page"),
    "join_pages": ("joined_pages", "join_pages"),
    "read": ("page_reader", "read"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(f"{__name__}.{module}"), attribute)
