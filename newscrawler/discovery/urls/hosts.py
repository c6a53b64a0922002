"""Host names: which are one site, and which are twins of another (www, mobile, AMP)."""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

# Hosts that show the same pages as the host without the label.
_ALWAYS_TWIN = frozenset({"www", "www1", "www2", "www3", "m"})
_PAGE_TWIN = frozenset({"amp", "mobile", "touch"})  # their front pages may be products of their own
_TWIN = _ALWAYS_TWIN | _PAGE_TWIN
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", re.ASCII)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()  # the bundled list; reading it takes 60 ms


@lru_cache(maxsize=4096)
def normal_host(host: str) -> str | None:
    """Lower case, IDNA (punycode), no final dot; None when it cannot be a host name."""
    host = host.lower().rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except (UnicodeError, ValueError):
            return None
    if ":" in host:
        return f"[{host.strip('[]')}]" if is_address(host) else None
    return host if len(host) <= 253 and _NAME.fullmatch(host) else None


def is_address(host: str) -> bool:
    """Whether the host is an IP address literal, brackets or not."""
    host = host.strip("[]")
    if ":" not in host and not host[-1:].isdigit():
        return False  # as nearly all are: no exception is raised for them
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """The registrable domain of a host, by the bundled public suffix list (private suffixes too).

    An IP address, a name without dots, and a bare public suffix are their own site.
    """
    host = normal_host(host) or host.lower()
    if is_address(host):
        return host
    try:
        return _suffixes().privatesuffix(host) or host
    except (UnicodeError, ValueError):
        return host


@lru_cache(maxsize=4096)
def folded_host(host: str, front: bool = False) -> str | None:
    """The host that shows the same pages: `www.`, `m.` and, unless `front`, `amp.`, `mobile.` labels out."""
    normal = normal_host(host)
    if normal is None or _TWIN.isdisjoint(normal.split(".")) or is_address(normal):
        return normal
    site = registrable(normal)
    if normal == site or not normal.endswith("." + site):
        return normal
    twins = _ALWAYS_TWIN if front else _TWIN
    labels = [label for label in normal.removesuffix("." + site).split(".") if label not in twins]
    return ".".join([*labels, site])
