"""Cookies that a site sets with a redirect, sent back within that chain of redirects and nowhere else."""

from __future__ import annotations

from scrapy.http import Request, Response
from scrapy.utils.httpobj import urlparse_cached

_MOST = 20  # cookies of a chain
_LONGEST = 4096  # bytes of one, as browsers take (RFC 6265, 6.1)
_KEY = "redirect_cookies"


class RedirectCookiesMiddleware:
    """Keeps cookies, by host, in the meta of a request that is redirected. Must see answers before redirects do."""

    def process_request(self, request: Request) -> None:
        kept: dict[str, dict[bytes, bytes]] = request.meta.get(_KEY, {})
        cookies = kept.get(urlparse_cached(request).netloc)
        if cookies:
            request.headers[b"Cookie"] = b"; ".join(name + b"=" + value for name, value in cookies.items())
        elif kept:
            request.headers.pop(b"Cookie", None)

    def process_response(self, request: Request, response: Response) -> Response:
        if 300 <= response.status < 400 and response.status != 304:
            host = urlparse_cached(request).netloc
            kept: dict[str, dict[bytes, bytes]] = request.meta.get(_KEY, {})
            own = dict(kept.get(host, {}))
            for header in response.headers.getlist(b"Set-Cookie")[:_MOST]:
                name, equals, value = header.partition(b";")[0].strip().partition(b"=")
                if equals and len(header) <= _LONGEST and (name in own or len(own) < _MOST):
                    own[name] = value
            if own:
                request.meta[_KEY] = {**kept, host: own}
        return response
