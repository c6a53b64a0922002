"""The HTTP proxies of a crawl, from the setting PROXY or the environment."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.settings import BaseSettings

_SCHEMES = ("http", "https")


def proxies_of(settings: BaseSettings) -> dict[str, str]:
    """Scheme of a request -> URL of its proxy: of PROXY for both, else of http_proxy and https_proxy.

    Raises ValueError for what is no HTTP proxy; its text holds no password.
    """
    if not settings.getbool("HTTPPROXY_ENABLED"):
        return {}
    if proxy := str(settings.get("PROXY") or "").strip():
        return dict.fromkeys(_SCHEMES, _checked(proxy, "the setting PROXY"))
    environment = getproxies()
    return {
        scheme: _checked(environment[scheme], f"{scheme}_proxy of the environment")
        for scheme in _SCHEMES
        if environment.get(scheme)
    }


def proxy_hosts(settings: BaseSettings) -> set[str]:
    """The hosts of the proxies. Raises ValueError as `proxies_of` does."""
    return {urlsplit(proxy).hostname or "" for proxy in proxies_of(settings).values()}


def _checked(proxy: str, where: str) -> str:
    """The proxy as a URL: without a scheme it is an HTTP proxy, as curl and browsers take it."""
    url = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host:
        raise ValueError(f"{where} is no proxy: write it like http://proxy.example.org:3128")
    if parts.scheme != "http":
        raise ValueError(
            f"{where} is a {parts.scheme} proxy: only http:// ones can be used, for https sites too"
        )
    return url
