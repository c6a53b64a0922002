"""Links of a page that may lead to other stories of its site."""

from __future__ import annotations

from lxml import etree

from newscrawler.extraction.html.document import Document
from newscrawler.hosts import registrable
from newscrawler.url_cleaning import absolute, host_of, path_of, strip_tracking


class StoryLinks:
    """The links of one page that can be other stories of its site; each href is looked at once."""

    def __init__(self, document: Document) -> None:
        self._base = document.base_url
        self._own = strip_tracking(document.url)
        self._site = registrable(host_of(document.url))
        self._known: dict[str, str | None] = {}
        self._hosts: dict[str, bool] = {}

    def of(self, link: etree._Element) -> str | None:
        """The link's absolute URL when it can be another story."""
        href = link.get("href") or ""
        if href not in self._known:
            self._known[href] = self._story(href)
        return self._known[href]

    def _story(self, href: str) -> str | None:
        url = absolute(self._base, href)
        if url is None or url == self._own:
            return None
        path = path_of(url)
        if len(path.rstrip("/")) < 2:
            return None
        origin = url[: url.find("/", 8)]
        if origin not in self._hosts:
            self._hosts[origin] = registrable(host_of(origin)) == self._site
        return url if self._hosts[origin] else None
