"""Hosts that show the same pages as another (www, mobile, AMP)."""

from __future__ import annotations

from functools import lru_cache

from newscrawler.hosts import is_address, normal_host, registrable

# Hosts that show the same pages as the host without the label.
_ALWAYS_TWIN = frozenset({"www", "www1", "www2", "www3", "m"})
_PAGE_TWIN = frozenset({"amp", "mobile", "touch"})  # their front pages may be products of their own
_TWIN = _ALWAYS_TWIN | _PAGE_TWIN


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
