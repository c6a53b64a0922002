"""Follows redirects that pages themselves hold."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

_MOST = 5  # redirects of one page, as many as REDIRECT_MAX_TIMES


def redirect(response: Response, url: str) -> Request | None:
    """The request that follows a page's own redirect to `url`; None after too many. Scope and robots.txt apply."""
    request = response.request
    before = list(response.meta.get("redirect_urls", []))
    if request is None or len(before) >= _MOST or url in before:
        return None
    meta = {
        "candidate": response.meta["candidate"],
        "redirect_urls": [*before, response.url],
        "redirect_reasons": [*response.meta.get("redirect_reasons", []), "page"],
    }
    return request.replace(url=url, meta=meta, headers={})
