"""The demo site for a crawl: served on loopback from its first request until the spider closes."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request

from newscrawler.demo import HOSTS, DemoServer


class DemoSiteMiddleware:
    """Routes requests for the demo's host, robots.txt too, through a server of its own.

    The host is fixed, so that the stories' addresses are the same in every run; the port is whatever is free.
    """

    def __init__(self) -> None:
        self._server: DemoServer | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DemoSiteMiddleware:
        middleware = cls()
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    def process_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "http" or parts.hostname not in HOSTS:
            return
        if self._server is None:
            server = DemoServer()
            server.start()
            self._server = server
        request.meta["proxy"] = self._server.url

    def spider_closed(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None
