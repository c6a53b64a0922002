"""Many sites on one machine: each is a `scrapy crawl site` of its own, some at a time."""

from newscrawler.fleet.local_fleet import LocalFleet, default_jobs
from newscrawler.fleet.site_list import (
    ListedSite,
    SiteListError,
    sites_named,
    sites_of_file,
    sites_with_profile,
)

__all__ = [
    "ListedSite",
    "LocalFleet",
    "SiteListError",
    "default_jobs",
    "sites_named",
    "sites_of_file",
    "sites_with_profile",
]
