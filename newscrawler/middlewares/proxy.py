"""HTTP proxies as a way to the web, and what can be checked of an address that a proxy resolves."""

from __future__ import annotations

import re
from base64 import b64encode
from urllib.parse import unquote, urlsplit
from urllib.request import proxy_bypass

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.http import Request
from scrapy.utils.httpobj import urlparse_cached

from newscrawler.exceptions import Refused
from newscrawler.middlewares.address_guard import PrivateAddresses
from newscrawler.outcome import Outcome
from newscrawler.proxies import proxies_of

# Names that are never of the public internet: RFC 6761, 6762 (appendix G too), 8375, and ICANN's .internal.
_LOCAL = frozenset(
    {"localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan"}
)
_NAME = re.compile(r"[a-z0-9_.-]+", re.ASCII)


class ProxyMiddleware(HttpProxyMiddleware):
    """Sends requests by the proxies of the setting PROXY, or of the environment; `no_proxy` excepts hosts.

    The proxy resolves names, so that the guard's resolver does not see where they lead. What a host says by itself is
    checked: names of local networks are refused here, addresses by AddressGuardMiddleware.
    """

    def __init__(self, proxies: dict[str, str], private: PrivateAddresses) -> None:
        super().__init__()
        self._private = private
        self.proxies = {}
        for scheme, proxy in proxies.items():
            parts = urlsplit(proxy)
            login, at, server = parts.netloc.rpartition("@")
            credentials = b64encode(unquote(login).encode()) if at else None
            self.proxies[scheme] = credentials, f"{parts.scheme}://{server}"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ProxyMiddleware:
        private = PrivateAddresses(crawler.settings.getlist("PRIVATE_ADDRESSES"))
        return cls(proxies_of(crawler.settings), private)

    def process_request(self, request: Request, spider: None = None) -> None:  # type: ignore[override]  # never a Request
        parts = urlparse_cached(request)
        host = (parts.hostname or "").rstrip(".")
        goes_direct = parts.scheme not in self.proxies or bool(proxy_bypass(host))
        if not goes_direct and _is_local(host) and not self._private.opens_host(host):
            raise Refused(Outcome.REFUSED_ADDRESS, f"{host} is a name of a local network")
        super().process_request(request)


def _is_local(host: str) -> bool:
    if ":" in host or host.replace(".", "").isdigit():
        return False  # an address
    if not _NAME.fullmatch(host) or "." not in host:
        return True
    labels = host.split(".")
    return labels[-1] in _LOCAL or labels[-2:] == ["home", "arpa"]
