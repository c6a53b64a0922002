"""Guard against SSRF: a crawl reaches public network addresses, and private ones that the user named.

Nothing on a page chooses an address to connect to. Two guards work together: the resolver refuses every
name (and every IP literal, in any notation) that is not a public address, and the middleware holds requests
to private hosts to the very ports that the user named.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Request
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import BaseSettings
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from newscrawler.demo import HOSTS as DEMO_HOSTS
from newscrawler.exceptions import Refused
from newscrawler.middlewares.special_networks import is_public
from newscrawler.outcome import Outcome
from newscrawler.proxies import proxy_hosts

# The demo site's server is on loopback at a port that is not known yet. Port 0 opens the address to the
# resolver, and no URL can name it, so that pages gain nothing.
DEMO_PROXY_ADDRESS = "127.0.0.1:0"

_DEFAULT_PORTS = {"http": 80, "https": 443}


class PrivateAddresses:
    """The private hosts and networks that the setting PRIVATE_ADDRESSES opens.

    Each entry is a host (`intranet.example.org`), a host with a port (`127.0.0.1:8000`) or a network
    (`10.1.0.0/16`).
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self._origins: set[tuple[str, int | None]] = set()
        self._networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        for entry in entries:
            try:
                self._networks.append(ipaddress.ip_network(entry))
                continue
            except ValueError:
                parts = urlsplit(f"//{entry}")
            if parts.hostname:
                self._origins.add((parts.hostname.lower(), parts.port))

    def opens_host(self, host: str) -> bool:
        """True when anything on `host` may be reached."""
        return any(host == known for known, _ in self._origins)

    def opens_origin(self, host: str, port: int | None) -> bool:
        """True when `host` may be reached at `port`."""
        return (host, None) in self._origins or (host, port) in self._origins

    def opens_address(self, address: str) -> bool:
        """True when the network of `address` is opened."""
        parsed = ipaddress.ip_address(address)
        return any(parsed in network for network in self._networks)


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing addresses that are neither public nor opened."""

    def __init__(self, reactor: Any, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.private = PrivateAddresses(())

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> PublicResolver:
        resolver = super().from_crawler(crawler, reactor)
        resolver.private = PrivateAddresses(crawler.settings.getlist("PRIVATE_ADDRESSES"))
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        host = name.lower().strip("[]")
        if is_public(address) or self.private.opens_host(host) or self.private.opens_address(address):
            return address
        raise DNSLookupError(f"{name} is at the private address {address}; see the setting PRIVATE_ADDRESSES")


class AddressGuardMiddleware:
    """Refuses requests that are not http(s), and requests to an opened private host at another port."""

    def __init__(self, private: PrivateAddresses) -> None:
        self._private = private

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuardMiddleware:
        return cls(PrivateAddresses(crawler.settings.getlist("PRIVATE_ADDRESSES")))

    def process_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        host = (parts.hostname or "").lower()
        address = literal_address(host)
        if parts.scheme not in _DEFAULT_PORTS:
            raise Refused(Outcome.REFUSED_ADDRESS, f"{parts.scheme}: addresses are not fetched")
        try:
            port = parts.port or _DEFAULT_PORTS[parts.scheme]
        except ValueError:
            raise Refused(Outcome.REFUSED_ADDRESS, "the port is not a number") from None
        if self._private.opens_host(host):
            if not self._private.opens_origin(host, port):
                raise Refused(
                    Outcome.REFUSED_ADDRESS, f"port {port} of the private host {host} is not opened"
                )
        elif address and not is_public(address) and not self._private.opens_address(address):
            raise Refused(Outcome.REFUSED_ADDRESS, f"{host} is the private address {address}")


def literal_address(host: str) -> str | None:
    """The IP address that a host is, in any notation that resolvers take (`127.1`, `0x7f000001`); None for a name."""
    host = host.strip("[]").rstrip(".")
    if not host.isascii():
        return None
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        last = host.rpartition(".")[2]
        if not last[:1].isdigit():  # no top-level domain begins with a digit
            return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def opened_addresses(settings: BaseSettings, urls: Iterable[str]) -> list[str]:
    """PRIVATE_ADDRESSES, with what start addresses name, and the proxies' hosts, which no URL can name."""
    proxies = [f"[{host}]:0" if ":" in host else f"{host}:0" for host in sorted(proxy_hosts(settings))]
    return [*settings.getlist("PRIVATE_ADDRESSES"), *private_origins(urls), *proxies]


def private_origins(urls: Iterable[str]) -> list[str]:
    """`host:port` of each of `urls` that is a private address or localhost: naming it opens that one.

    A name that resolves to a private address is not opened by this: DNS could be made to say so.
    """
    origins = []
    for url in urls:
        parts = urlsplit(url)
        if parts.hostname in DEMO_HOSTS:
            origins.append(DEMO_PROXY_ADDRESS)
        elif parts.hostname and parts.scheme in _DEFAULT_PORTS and _is_private_literal(parts.hostname):
            host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
            origins.append(f"{host}:{parts.port or _DEFAULT_PORTS[parts.scheme]}")
    return origins


def _is_private_literal(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
