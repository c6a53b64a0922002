"""Which links, feeds, sitemaps and listings to follow. Pure: values in, values out; imports no Scrapy."""

from newscrawler.discovery.pagination.next_page import pagination

__all__ = ["pagination"]
