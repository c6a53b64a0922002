"""Redirects stay within the crawl's scope, checked before the page they lead to is asked for."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.http import Request

from newscrawler.crawl_state import state_of
from newscrawler.discovery import LinkType
from newscrawler.middlewares.redirect_policy import redirect_refusal

_PERMANENT = frozenset({301, 308})


class RedirectScopeMiddleware:
    """Refuses redirects that lead out of the scope, or to a page that is known."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RedirectScopeMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        candidate = request.meta.get("candidate")
        if candidate is None or "redirect_urls" not in request.meta or request.meta.get("retry_times"):
            return
        state = state_of(self._crawler)
        reasons = request.meta.get("redirect_reasons", ())
        moved = candidate.link_type == LinkType.SEED and reasons and _PERMANENT.issuperset(reasons)
        if moved and state.scope.off_site(request.url):
            state.scope.move(request.url)
            known = self._crawler.stats.get_value("start/moved", {})
            self._crawler.stats.set_value("start/moved", {**known, candidate.url: request.url})
        refusal = redirect_refusal(state, candidate, request.url)
        if refusal is not None:
            raise refusal
