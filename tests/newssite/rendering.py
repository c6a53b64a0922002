"""Pages and feeds of the generated site. Plain, semantic HTML: no CMS family's ids."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Literal

from tests.newssite.content import NewsStory

NAME = "The Daily Strait"
Markup = Literal["plain", "json-ld"]
Link = tuple[str, str]  # address, text


def printed(when: datetime) -> str:
    return f"{when.day} {when:%B %Y}, {when:%H:%M} UTC"


def iso(when: datetime) -> str:
    return when.replace(tzinfo=UTC).isoformat()


def _a(link: Link, more: str = "") -> str:
    return f'<a href="{escape(link[0])}"{more}>{escape(link[1], quote=False)}</a>'


def frame(title: str, main: str, navigation: Sequence[Link], head: str = "") -> str:
    menu = "".join(f"<li>{_a(link)}</li>" for link in navigation)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title, quote=False)}</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
<link rel="alternate" type="application/atom+xml" href="/atom.xml">
{head}</head><body>
<header><a href="/">{NAME}</a><nav><ul>{menu}</ul></nav></header>
<main>
{main}</main>
<footer><p>© {NAME}. An invented newspaper.</p></footer>
</body></html>
"""


def story_page(
    story: NewsStory,
    *,
    markup: Markup,
    canonical: str,
    tags: Sequence[Link],
    related: Sequence[tuple[Link, NewsStory]],
    navigation: Sequence[Link],
    amp: str | None,
    printable: str | None,
) -> str:
    head = f'<link rel="canonical" href="{escape(canonical)}">\n'
    if amp:
        head += f'<link rel="amphtml" href="{escape(amp)}">\n'
    head += f'<meta property="og:type" content="article">\n<meta property="og:title" content="{escape(story.title)}">\n'
    if markup == "json-ld":
        facts = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": iso(story.published),
            "author": [{"@type": "Person", "name": name} for name in story.authors],
            "url": canonical,
        }
        if story.modified:
            facts["dateModified"] = iso(story.modified)
        head += f'<script type="application/ld+json">{json.dumps(facts)}</script>\n'
    byline = f'<p class="byline">By {" and ".join(story.authors)}</p>\n' if story.authors else ""
    text = "".join(f"<p>{escape(paragraph, quote=False)}</p>\n" for paragraph in story.paragraphs)
    print_link = f'<a class="print" href="{escape(printable)}">Print this story</a>\n' if printable else ""
    more = "".join(
        f'<li>{_a(link)} <time datetime="{other.published:%Y-%m-%d}">{other.published.day} {other.published:%B %Y}'
        "</time></li>\n"
        for link, other in related
    )
    main = f"""<article>
<h1>{escape(story.title, quote=False)}</h1>
<p class="standfirst">{escape(story.lead, quote=False)}</p>
{byline}<time datetime="{iso(story.published)}">{printed(story.published)}</time>
{print_link}<div class="story-text">
{text}</div>
<p class="tags">{" ".join(_a(tag, ' rel="tag"') for tag in tags)}</p>
</article>
<aside class="related"><h2>More stories</h2><ul>
{more}</ul></aside>
"""
    return frame(f"{story.title} | {NAME}", main, navigation, head)


def broken_story_page(story: NewsStory, navigation: Sequence[Link]) -> str:
    """As after a relaunch that moved everything into a script: no text in the page."""
    return frame(NAME, '<div id="app" data-view="story"></div><script src="/app.js"></script>\n', navigation)


def listing_page(
    heading: str,
    stories: Iterable[tuple[Link, NewsStory]],
    navigation: Sequence[Link],
    *,
    older: str | None = None,
    newer: str | None = None,
    numbered: Sequence[Link] = (),
    extra: str = "",
) -> str:
    items = "".join(
        f'<li><h2>{_a(link)}</h2><time datetime="{iso(story.published)}">{story.published.day} '
        f"{story.published:%B %Y}</time><p>{escape(story.lead, quote=False)}</p></li>\n"
        for link, story in stories
    )
    steps = (_a((newer, "Newer stories"), ' rel="prev"') if newer else "") + "".join(
        _a(link) for link in numbered
    )
    steps += _a((older, "Older stories"), ' rel="next"') if older else ""
    head = f'<link rel="next" href="{escape(older)}">\n' if older else ""
    pages = f'<nav class="pagination">{steps}</nav>\n' if steps else ""
    main = f'<h1>{escape(heading, quote=False)}</h1>\n<ul class="stories">\n{items}</ul>\n{pages}{extra}'
    return frame(f"{heading} | {NAME}", main, navigation, head)


def link_list(heading: str, links: Iterable[Link]) -> str:
    items = "".join(f"<li>{_a(link)}</li>\n" for link in links)
    return f"<section><h2>{heading}</h2><ul>\n{items}</ul></section>\n"


_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_index(urls: Iterable[str]) -> str:
    entries = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls)
    return f'{_XML}<sitemapindex xmlns="{_SITEMAP}">\n{entries}</sitemapindex>\n'


def sitemap(stories: Iterable[tuple[str, NewsStory]]) -> str:
    entries = "".join(
        f"<url><loc>{escape(url)}</loc><lastmod>{iso(story.modified or story.published)}</lastmod></url>\n"
        for url, story in stories
    )
    return f'{_XML}<urlset xmlns="{_SITEMAP}">\n{entries}</urlset>\n'


def news_sitemap(stories: Iterable[tuple[str, NewsStory]]) -> str:
    entries = "".join(
        f"<url><loc>{escape(url)}</loc><news:news><news:publication><news:name>{NAME}</news:name>"
        f"<news:language>en</news:language></news:publication>"
        f"<news:publication_date>{iso(story.published)}</news:publication_date>"
        f"<news:title>{escape(story.title, quote=False)}</news:title></news:news></url>\n"
        for url, story in stories
    )
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    return f'{_XML}<urlset xmlns="{_SITEMAP}" xmlns:news="{news}">\n{entries}</urlset>\n'


def rss(stories: Iterable[tuple[str, NewsStory]], base: str) -> str:
    items = "".join(
        f"<item><title>{escape(story.title, quote=False)}</title><link>{escape(url)}</link>"
        f"<pubDate>{format_datetime(story.published.replace(tzinfo=UTC))}</pubDate>"
        f"<description>{escape(story.lead, quote=False)}</description></item>\n"
        for url, story in stories
    )
    return f'{_XML}<rss version="2.0"><channel><title>{NAME}</title><link>{base}/</link>\n{items}</channel></rss>\n'


def atom(stories: Iterable[tuple[str, NewsStory]], base: str) -> str:
    entries = "".join(
        f'<entry><title>{escape(story.title, quote=False)}</title><link href="{escape(url)}"/><id>{escape(url)}</id>'
        f"<published>{iso(story.published)}</published>"
        f"<updated>{iso(story.modified or story.published)}</updated></entry>\n"
        for url, story in stories
    )
    return f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom"><title>{NAME}</title><id>{base}/</id>\n{entries}</feed>\n'
