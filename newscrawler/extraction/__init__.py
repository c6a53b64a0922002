"""Reading a news page: bytes and a URL in, a `Page` or a `Story` out. Imports no Scrapy.

from newscrawler.extraction import extract
story = extract(html_bytes, "https://example.org/news/1/slug", "text/html; charset=utf-8")
"""

from newscrawler.extraction.page import HeadLink, Link, Page
from newscrawler.extraction.reading import extract, read
from newscrawler.extraction.rules import Rules

__all__ = ["HeadLink", "Link", "Page", "Rules", "extract", "read"]
