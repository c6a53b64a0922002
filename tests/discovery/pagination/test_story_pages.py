"""Links to the further pages of a story, and links that look like such."""

import pytest

from newscrawler.discovery import StoryPages, first_page_url
from newscrawler.extraction import Page, read

FIRST = "https://example.org/news/late-ferry"
TITLE = "The ferry is late again and the island waits"


def page(url: str, links: str = "", head: str = "", title: str = TITLE) -> Page:
    text = "".join(
        f"<p>The ferry to the island was late again on day {n}, and the crew of the boat said that {n * 7} passengers "
        f"had waited at pier {n} since the early morning.</p>"
        for n in range(4)
    )
    return read(
        f'<html><head><title>{title}</title><meta property="og:type" content="article">{head}</head><body><article>'
        f'<h1>{title}</h1><time datetime="2026-11-20T10:00:00Z">20 November 2026</time>{text}</article>{links}</body>'
        "</html>".encode(),
        url,
    )


def urls(links: str, *, first: str = FIRST, head: str = "") -> list[str]:
    found = page(first, links, head)
    assert found.kind == "story"
    return [url.removeprefix("https://example.org/news/") for url in StoryPages(found).urls]


@pytest.mark.parametrize(
    ("first", "links", "found"),
    [
        (FIRST, '<a href="?page=2">Next page</a>', ["late-ferry?page=2"]),
        (FIRST, '<a href="?page=2">Следующая страница</a>', ["late-ferry?page=2"]),
        (FIRST, '<a href="?page=1">2</a> <a href="?page=2">3</a>', ["late-ferry?page=1", "late-ferry?page=2"]),
        (f"{FIRST}/", "<p>Pages: 1 <a href='2/'>2</a> <a href='3/'>3</a></p>", ["late-ferry/2/", "late-ferry/3/"]),
        (f"{FIRST}/", '<a rel="next" href="2/">Siguiente</a>', ["late-ferry/2/"]),
        (f"{FIRST}.html", '<a href="late-ferry-2.html">weiter</a>', ["late-ferry-2.html"]),
        (f"{FIRST}.html", '<a href="late-ferry_2.html">下一页</a>', ["late-ferry_2.html"]),
        (f"{FIRST},1", '<a href="late-ferry,2">następna strona</a>', ["late-ferry,2"]),
        (FIRST, '<a href="late-ferry,2">Page suivante</a>', ["late-ferry,2"]),
        (FIRST, '<a href="late-ferry/seite-2">Der lange Weg nach Hause</a>', ["late-ferry/seite-2"]),
        (FIRST, '<a href="/news/late-ferry/page/2" aria-label="Next page"><svg></svg></a>', ["late-ferry/page/2"]),
        (FIRST, '<ul><li>1</li><li><a href="?p=2">2</a></li><li><a href="?p=2">›</a></li></ul>', ["late-ferry?p=2"]),
    ],
)  # fmt: skip
def test_links_to_later_pages(first, links, found):
    assert urls(links, first=first) == found


def test_the_link_in_the_head():
    assert urls("", head='<link rel="next" href="?page=2">') == ["late-ferry?page=2"]


@pytest.mark.parametrize(
    "links",
    [
        '<div id="comments"><a href="?page=2">2</a> <a href="?page=2">Next page</a></div>',
        '<a href="?page=2#comments">2</a> <a href="late-ferry/comment-page-2/">2</a> <a href="?comments=2">Next</a>',
        '<nav class="post-navigation"><a rel="next" href="/news/other-story/">Next</a></nav>',
        '<nav class="post-navigation"><a rel="next" href="/news/late-ferry-2/">The ferry again</a></nav>',
        '<div class="blog-pager"><a href="/news/late-ferry_2.html">Older Post</a></div>',
        '<div class="slideshow"><a href="?page=2">2</a></div>',
        '<p><a href="?page=2">Next photo</a> <a href="?page=2">Bild 2</a></p>',
        '<section class="related-news"><a href="?page=2">2</a></section>',
        '<section><h2>More news</h2><a href="?page=2">Load more</a></section>',
        '<a href="/news/late-ferry-2025.html">Next</a>',
        '<a href="/news/page/2">Next page</a>',
    ],
)  # fmt: skip
def test_comments_pictures_lists_and_other_stories_are_no_pages(links):
    assert urls(links, first=f"{FIRST}/") == []


def test_the_next_story_in_the_head_is_none():
    """WordPress gives the second story of a slug the same one with `-2`."""
    assert urls("", head='<link rel="next" href="/news/late-ferry-2/">', first=f"{FIRST}/") == []
    assert urls("", head='<link rel="next" href="/news/the-next-story/">') == []


def test_a_gallery_has_no_pages():
    found = page("https://example.org/gallery/late-ferry", '<a href="?page=2">Next page</a>')
    assert StoryPages(found).urls == []


def test_pages_that_only_later_pages_link():
    pages = StoryPages(page(FIRST, '<a href="?page=1">Next page</a>'))
    assert pages.url(2) == f"{FIRST}?page=1", "counted from 0"
    pages.add(
        page(f"{FIRST}?page=1", '<a href="?page=0">Previous page</a> <a href="?page=2">Next page</a>'), 2
    )
    assert pages.url(3) == f"{FIRST}?page=2"
    assert pages.url(4) is None


@pytest.mark.parametrize(
    ("url", "links", "head"),
    [
        (f"{FIRST}?page=3", '<a href="/news/late-ferry">1</a> <a href="?page=2">2</a> 3', ""),
        (f"{FIRST}/2/", '<a href="/news/late-ferry">Vorherige Seite</a>', ""),
        (f"{FIRST}-2.html", "", '<link rel="prev" href="/news/late-ferry">'),
        (f"{FIRST},4", "", '<link rel="canonical" href="/news/late-ferry">'),
    ],
)
def test_the_first_page_of_a_later_one(url, links, head):
    assert first_page_url(page(url, links, head)) == FIRST


@pytest.mark.parametrize(
    ("url", "links"),
    [
        (FIRST, '<a href="?page=2">2</a>'),
        (f"{FIRST}-2/", '<a href="/news/late-ferry">Previous story</a>'),
        (f"{FIRST}?page=2", '<div class="comments"><a href="/news/late-ferry">1</a></div>'),
        (f"{FIRST}/2/", '<a href="/news/other">1</a>'),
    ],
)
def test_stories_that_continue_none(url, links):
    assert first_page_url(page(url, links)) is None
