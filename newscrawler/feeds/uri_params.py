"""Placeholders of the addresses in the setting FEEDS."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from scrapy import Spider

_UNSAFE = re.compile(r"[^a-z0-9-]+")


def folder_name(site: str) -> str:
    """The name of a site's folder: small letters, digits and hyphens only, so that it cannot leave its place."""
    return _UNSAFE.sub("-", site.lower()).strip("-") or "site"


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """Scrapy's placeholders and three of ours, for the setting FEED_URI_PARAMS.

    `%(site)s`: the site's short name as `folder_name` gives it;
    `%(utc)s`: the time of the run as 20260314T062800Z; `%(output_dir)s`: the setting OUTPUT_DIR.
    """
    site = getattr(getattr(spider, "arguments", None), "site", None)
    name = getattr(site, "name", None) or spider.name
    return params | {
        "site": folder_name(str(name)),
        "utc": f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}",
        "output_dir": spider.crawler.settings.get("OUTPUT_DIR", "output"),
    }
