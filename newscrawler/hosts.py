"""Host names, and the registrable domain that makes hosts one site."""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

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
    """True for an IP address literal, with or without brackets."""
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
