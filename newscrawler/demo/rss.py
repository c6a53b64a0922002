"""Sitemaps and the feed of the demo site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from newscrawler.demo.demo_story import DemoStory
from newscrawler.demo.world import AGENCY

MONTHS = ((2026, 11), (2026, 10))  # September is only in the listings
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP_NS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS_NS = "http://www.google.com/schemas/sitemap-news/0.9"
_FEED_LENGTH = 20  # the newest stories


def sitemap_index(base: str) -> str:
    """The sitemap index: the news sitemap and a sitemap for each of the last two months."""
    names = ["sitemap-news.xml", *(f"sitemap-{year}-{month}.xml.gz" for year, month in MONTHS)]
    entries = "".join(f"<sitemap><loc>{base}/{name}</loc></sitemap>\n" for name in names)
    return f'{_XML}<sitemapindex xmlns="{_SITEMAP_NS}">\n{entries}</sitemapindex>\n'


def news_sitemap(stories: Iterable[DemoStory], newest: datetime, base: str) -> str:
    """The news sitemap: the last two days, as its protocol has it. Dates are days: the site knows no zone."""
    entries = "".join(
        f"<url><loc>{escape(base + story.path)}</loc><news:news>"
        f"<news:publication><news:name>{AGENCY}</news:name><news:language>en</news:language></news:publication>"
        f"<news:publication_date>{story.published.date()}</news:publication_date>"
        f"<news:title>{escape(story.title, quote=False)}</news:title></news:news></url>\n"
        for story in stories
        if story.hidden is None and story.published and newest - story.published < timedelta(days=2)
    )
    return f'{_XML}<urlset xmlns="{_SITEMAP_NS}" xmlns:news="{_NEWS_NS}">\n{entries}</urlset>\n'


def month_sitemap(stories: Iterable[DemoStory], year: int, month: int, base: str) -> str:
    """The sitemap of one month."""
    entries = "".join(
        f"<url><loc>{escape(base + story.path)}</loc>"
        f"<lastmod>{(story.modified or story.published).date()}</lastmod></url>\n"
        for story in stories
        if story.hidden in (None, "sitemap")
        and story.published
        and (story.published.year, story.published.month) == (year, month)
    )
    return f'{_XML}<urlset xmlns="{_SITEMAP_NS}">\n{entries}</urlset>\n'


def rss(stories: Iterable[DemoStory], base: str) -> str:
    """The feed: the newest stories and the one that only the feed names."""
    named = [story for story in stories if story.hidden in (None, "feed") and story.published]
    newest = sorted(named, key=lambda story: story.listed_at, reverse=True)[:_FEED_LENGTH]
    items = "".join(
        f"<item><title>{escape(story.title, quote=False)}</title><link>{escape(base + story.path)}</link>"
        f'<guid isPermaLink="false">{story.code}</guid>'
        f"<pubDate>{format_datetime(story.listed_at.replace(tzinfo=UTC))}</pubDate>"
        f"<description>{escape(story.lead or story.title, quote=False)}</description></item>\n"
        for story in newest
    )
    return (
        f'{_XML}<rss version="2.0"><channel><title>{AGENCY}</title><link>{base}/en/</link>'
        f"<description>News from the islands and the coast</description>\n{items}</channel></rss>\n"
    )
