"""Settings that depend on the site that is crawled."""

from __future__ import annotations

from scrapy.crawler import Crawler

from newscrawler.arguments import Arguments
from newscrawler.middlewares.address_guard import opened_addresses


def adapt_settings(crawler: Crawler, arguments: Arguments) -> None:
    """Change the crawler's settings for this site; what the command line sets still wins."""
    settings = crawler.settings
    if contact := settings.get("CONTACT"):
        settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", "spider")
    settings.set("PRIVATE_ADDRESSES", opened_addresses(settings, arguments.site.start), "cmdline")
    if arguments.site.demo:
        settings.set("DOWNLOAD_DELAY", 0, "spider")
        settings.set("AUTOTHROTTLE_ENABLED", False, "spider")
