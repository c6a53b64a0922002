"""User and password of a start address, sent to its own origin alone."""

from __future__ import annotations

from base64 import b64encode

from scrapy.crawler import Crawler
from scrapy.http import Request

from newscrawler.arguments import arguments_of
from newscrawler.url_cleaning import origin_of


class StartLoginMiddleware:
    """Sends what `http://user:password@host/` held as Basic authentication (RFC 7617)."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StartLoginMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        logins = arguments_of(self._crawler).logins
        if logins and (login := logins.get(origin_of(request.url))):
            request.headers[b"Authorization"] = b"Basic " + b64encode(login.encode())
