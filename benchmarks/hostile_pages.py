"""Pages and sources that are made to be slow, by kind, and long strings for every place of a page."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from functools import partial

URL = "https://www.example.org/politics/2024/05/03/a-bridge-reopens-1234567.html"
_TEN_MEGABYTES = 10_000_000
_RUN = 100_000  # characters of a long string
LONGEST_ADDRESS = 5_000
_WORDS = (
    "The mayor said on Monday that the bridge would open again before winter, and that work begins soon. "
)
_STORY = f"<h1>A bridge reopens after two years</h1>{f'<p>{_WORDS * 3}</p>' * 8}"


def page(body: str = _STORY, head: str = "", *, attributes: str = "") -> bytes:
    """A page of a story with the given body and head."""
    return (
        f"<!doctype html><html lang=en {attributes}><head><meta charset=utf-8><title>A bridge reopens</title>"
        f"{head}</head><body>{body}</body></html>"
    ).encode("utf-8", "surrogatepass")


def _repeated(piece: str, count: int) -> str:
    """The piece `count` times, `%` in it the number of the time."""
    return "".join([piece.replace("%", str(number)) for number in range(count)])


def _json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


_ARTICLE = {"@type": "NewsArticle", "headline": "A bridge reopens", "datePublished": "2024-05-03T10:00:00Z"}

# kind -> the page. Built when asked for: some have 10 MB.
KINDS: dict[str, Callable[[], bytes]] = {
    "attributes of one tag 100,000": lambda: page(f"<div {_repeated('a%=1 ', 100_000)}>x</div>{_STORY}"),
    "attributes of one tag 100,000 with >": lambda: page(
        "<div " + _repeated('a%=">" ', 100_000) + f">x</div>{_STORY}"
    ),
    "attributes behind comment": lambda: page(
        "<!-- <a ' --><div " + _repeated("a%='>' ", 100_000) + f">x</div>{_STORY}"
    ),
    "attributes 10,000 in each of 90 tags": lambda: page(
        f"<div {_repeated('a%=1 ', 10_000)}>x</div>" * 90 + _STORY
    ),
    "attributes 100 in each of 15,000 tags": lambda: page(
        f"<p {_repeated('a%=1 ', 100)}>x</p>" * 15_000 + _STORY
    ),
    "tag never closed": lambda: page("<a x='" + "<a b " * 2_000_000),
    "tags in quotes": lambda: page('<a="' * 2_500_000),
    "rel 30,000 times": lambda: page(f"{_STORY}<a href=/x rel='{'nofollow ' * 30_000}'>link</a>"),
    "one link 30,000 times": lambda: page(
        _STORY + "<a rel='nofollow tag' href=/one/story>a link to one story</a> " * 30_000
    ),
    "pager of 100,000 numbers": lambda: page(
        f"<h1>News</h1><div class=pager>{_repeated('<a href=/n?page=%>%</a> ', 100_000)}</div>"
    ),
    "links 100,000": lambda: page(
        f"<h1>News</h1>{_repeated('<a href=/news/2024/05/story-%>A story with the number %</a> ', 100_000)}"
    ),
    "links 100,000 in entries with dates": lambda: page(
        "<h1>News</h1>"
        + _repeated("<div><a href=/n/story-%>A story of number %</a><time>3 May 2024</time></div>", 100_000)
    ),
    "link elements 100,000": lambda: page(
        head=_repeated("<link rel=alternate type=application/rss+xml href=/f%>", 100_000)
    ),
    "paragraphs 200,000": lambda: page(f"<h1>A bridge reopens</h1>{f'<p>{_WORDS[:40]}' * 200_000}"),
    "story of 10 MB": lambda: page(f"<h1>A bridge reopens</h1>{f'<p>{_WORDS * 3}</p>' * 33_000}"),
    "one text of 10 MB": lambda: page(f"<h1>A bridge reopens</h1><p>{_WORDS * 100_000}</p>"),
    "one text of 10 MB, bare": lambda: page(_WORDS * 100_000),
    "one word of 10 MB": lambda: page(f"<h1>A bridge reopens</h1><p>{'a' * _TEN_MEGABYTES}</p>"),
    "title of 5 MB": lambda: page(head=f"<title>{_WORDS * 50_000}</title>"),
    "nested 100,000 deep": lambda: page("<div>" * 100_000 + _STORY),
    "nested 100,000 deep, links": lambda: page("<div><a href=/x>x y z</a>" * 100_000 + _STORY),
    "nested inline 100,000 deep": lambda: page("<b><i><font>" * 33_000 + _STORY),
    "nested and unmatched ends": lambda: page("<span>" * 2_000 + "</b>" * 1_000_000 + _STORY),
    "headers in depth": lambda: page("<div>" * 1_900 + "<header>x</header>" * 100_000 + _STORY),
    "authors in depth": lambda: page(
        "<div>" * 1_900 + _STORY + "<span class=author>By Ann Lee</span><time>3 May 2024</time>" * 50_000
    ),
    "dates in depth": lambda: page(
        "<div>" * 1_900 + _STORY + "<i class=date>Published 3 May 2024</i>" * 50_000
    ),
    "links in depth": lambda: page(
        "<div>" * 1_900 + _repeated("<a href=/news/story-%>A story with the number %</a> ", 50_000)
    ),
    "boxes in depth": lambda: page(
        "<div>" * 1_900 + "<div class=related><p>A bridge</p></div>" * 50_000 + _STORY
    ),
    "asides in depth": lambda: page(
        "<aside class=related>" * 1_900 + "<p>A bridge reopens</p>" * 50_000 + _STORY
    ),
    "pictures in depth": lambda: page(
        "<article>"
        + "<div>" * 1_900
        + _STORY
        + _repeated("<figure><img src=/picture-%.jpg><figcaption>A bridge %</figcaption></figure>", 50_000)
    ),
    "related in depth": lambda: page(
        "<article>"
        + _STORY
        + "<div>" * 1_900
        + _repeated("<div class=related><a href=/news/story-%>A story with the number %</a></div>", 50_000)
    ),
    "tags in depth": lambda: page(
        _STORY
        + "<div>" * 1_900
        + _repeated("<div class=tags>Tags: <a rel=tag href=/tag/%>tag %</a></div>", 50_000)
    ),
    "alternating depth": lambda: page(
        ("<div class=author>" * 900 + "<p>By Ann Lee, 3 May 2024" + "</div>" * 900) * 40 + _STORY
    ),
    "tag of 10 MB": lambda: page(_STORY + "<div data-x='" + "a b " * 2_400_000 + "'>"),
    "text of 9 MB in an attribute": lambda: page(
        _STORY + f"<a href='/{'x' * 3_000_000}' title='{'a b ' * 750_000}' class='{'ab-' * 1_000_000}'>x</a>"
    ),
    "metas of 3 MB": lambda: page(
        head="".join(
            f"<meta property='{name}' content='{'ab, ' * 400_000}'>"
            for name in ("og:title", "og:description", "og:image", "keywords", "author", "article:section")
        )
    ),
    "forms 50,000": lambda: page(f"<h1>News</h1>{'<form><input></form>' * 50_000}"),
    "comments 100,000": lambda: page("<!-- a comment -->" * 100_000 + _STORY),
    "comment of 10 MB": lambda: page(f"<!-- {'- -- ' * 2_000_000}{_STORY}"),
    "entities 100,000": lambda: page(f"<h1>A bridge reopens</h1><p>{'&eacute;&amp;&#12345; ' * 100_000}"),
    "entities unknown 1,000,000": lambda: page(f"<h1>A bridge reopens</h1><p>{'&bogus; ' * 1_000_000}"),
    "description of 1 MB": lambda: page(
        "<h1>A bridge reopens</h1>" + _repeated(f"<p>{'a' * 40}%{'a' * 60}</p>", 10_000),
        "<meta name=description content=" + "a" * 1_000_000 + ">",
    ),
    "declared text of 5 MB": lambda: page(
        "<h1>A bridge reopens</h1>" + _repeated(f"<p>{'a' * 40}%{'a' * 60}</p>", 10_000),
        _json_ld({**_ARTICLE, "articleBody": "a" * 5_000_000}),
    ),
    "declared words of 5 MB": lambda: page(
        "<h1>A bridge reopens</h1>" + _repeated(f"<p>% {_WORDS}</p>", 10_000),
        _json_ld({**_ARTICLE, "articleBody": _WORDS * 50_000}),
    ),
    "line breaks 1,000,000": lambda: page(f"<h1>A bridge reopens</h1><p>{'<br>' * 1_000_000}"),
    "lines with breaks 100,000": lambda: page(f"<h1>A bridge reopens</h1><p>{'By Ann Lee<br>' * 100_000}"),
    "images 50,000": lambda: page(_STORY + _repeated("<img src=/picture-%.jpg alt='A picture %'>", 50_000)),
    "figures 50,000": lambda: page(
        f"<article>{_STORY}{_repeated('<figure><img src=/p-%.jpg><figcaption>A %</figcaption></figure>', 50_000)}"
    ),
    "table of 100,000 cells": lambda: page(
        f"<h1>A bridge reopens</h1><table>{'<tr>' + '<td>12 May 2024</td>' * 10}" * 1
        + "<tr><td>1<td>2" * 50_000
    ),
    "nested tables": lambda: page("<table><tr><td>" * 30_000 + _STORY),
    "srcset of 1 MB": lambda: page(
        f"<article>{_STORY}<img srcset='{_repeated('/a-%.jpg 100w, ', 70_000)}' src=data:x>"
    ),
    "style attribute of 1 MB": lambda: page(f"<div style='{'color:red;' * 100_000}'>x</div>{_STORY}"),
    "class of 1 MB": lambda: page(f"<div class='{_repeated('author-% ', 90_000)}'>x</div>{_STORY}"),
    "classes 50,000": lambda: page(
        _STORY + _repeated("<div class='author-% byline%'>By Ann Lee %</div>", 50_000)
    ),
    "itemprops 50,000": lambda: page(_STORY + "<span itemprop=author>Ann Lee</span>" * 50_000),
    "authors 50,000": lambda: page(
        _STORY + _repeated("<a rel=author class=author href=/authors/%>Ann Number%</a> ", 50_000)
    ),
    "tags 50,000": lambda: page(
        _STORY + f"<div class=tags>{_repeated('<a rel=tag href=/tag/%>tag %</a> ', 50_000)}</div>"
    ),
    "times 50,000": lambda: page(
        _STORY + "<time datetime=2024-05-03T10:00:00Z pubdate>3 May 2024 10:00</time>" * 50_000
    ),
    "dates 100,000": lambda: page(f"{_STORY}{_repeated('<span>Published 3 May 2024 10:%</span>', 100_000)}"),
    "headings 100,000": lambda: page(_repeated("<h1>A bridge number % reopens today</h1>", 100_000)),
    "labels 100,000": lambda: page(f"{_STORY}{'<div>Tags:</div><div>By:</div>' * 50_000}"),
    "metas 100,000": lambda: page(head=_repeated("<meta name=author content='Ann Lee %'>", 100_000)),
    "metas of keywords": lambda: page(
        head=f"<meta name=keywords content='{_repeated('word %, ', 300_000)}'>"
    ),
    "scripts 50,000": lambda: page(_STORY + "<script>var a = {};</script>" * 50_000),
    "script of 10 MB": lambda: page(f"{_STORY}<script>{'var a = [1,2]; ' * 650_000}</script>"),
    "script states": lambda: page(
        _STORY + '<script>self.__next_f.push([1,"' + "a:" * 2_000_000 + '"])</script>'
    ),
    "script state of JSON": lambda: page(
        "<script id=__NEXT_DATA__ type=application/json>"
        + json.dumps([{"a": _WORDS, "b": [1, {"c": "d"}]}] * 50_000)
        + "</script>"
    ),
    "JSON-LD of 5 MB, people": lambda: page(
        head=_json_ld(
            {**_ARTICLE, "author": [{"@type": "Person", "name": f"Ann {n}"} for n in range(120_000)]}
        )
    ),
    "JSON-LD of 5 MB, graph": lambda: page(
        head=_json_ld(
            {"@graph": [{**_ARTICLE, "@id": f"#{n}", "headline": f"Bridge {n}"} for n in range(40_000)]}
        )
    ),
    "JSON-LD of 5 MB, body": lambda: page(head=_json_ld({**_ARTICLE, "articleBody": _WORDS * 50_000})),
    "JSON-LD of 5 MB, body of marks": lambda: page(
        head=_json_ld({**_ARTICLE, "articleBody": "<p>&amp;<" * 600_000})
    ),
    "JSON-LD of 5 MB, keywords": lambda: page(
        head=_json_ld({**_ARTICLE, "keywords": ", ".join(f"word {n}" for n in range(400_000))})
    ),
    "JSON-LD of 5 MB, images": lambda: page(
        head=_json_ld({**_ARTICLE, "image": [f"https://example.org/{n}.jpg" for n in range(150_000)]})
    ),
    "JSON-LD broken": lambda: page(
        head=f'<script type="application/ld+json">{"[" * 100_000}{", " * 2_000_000}</script>'
    ),
    "JSON-LD scripts 30,000": lambda: page(head=_json_ld(_ARTICLE) * 30_000),
    "windows-1252 of 10 MB": lambda: page(f"<h1>x</h1><p>{'é à ü ' * 1_600_000}").decode().encode("cp1252"),
    "bytes of noise": lambda: page("<p>" + "".join(map(chr, range(1, 1_000))) * 5_000).replace(b"\x00", b""),
    "spaces 10 MB": lambda: page(f"<h1>A bridge</h1><p>{' ' * _TEN_MEGABYTES}x</p>"),
    "newlines 10 MB": lambda: page(f"<h1>A bridge</h1><pre>{chr(10) * _TEN_MEGABYTES}x</pre>"),
    "nulls 10 MB": lambda: page(f"<h1>A bridge</h1><p>{chr(0) * _TEN_MEGABYTES}x</p>"),
    "selects": lambda: page(
        f"{_STORY}<select>{_repeated('<option value=%>Option %</option>', 100_000)}</select>"
    ),
    "buttons": lambda: page(f"<h1>News</h1>{'<div><button>Load more' * 50_000}"),
    "custom elements 50,000": lambda: page(_STORY + _repeated("<x-%></x-%>", 50_000)),
    "noscripts 50,000": lambda: page("<noscript>x" * 50_000 + _STORY),
    "lists": lambda: page("<ul><li>" * 50_000 + _STORY),
    "after the end 50,000": lambda: page() + b"</html><p>x</p><!-- -->" * 50_000,
    "base elements": lambda: page(head="<base href='http://[x'>" * 50_000),
    "iframes": lambda: page(f"<article>{_STORY}{'<iframe src=//www.youtube.com/embed/x></iframe>' * 50_000}"),
}

# What is repeated to a long string, as HTML.
STRINGS = (
    "_", "-", " ", "&lt;", "1", "a", ",", ".", "(", "\n", "&amp;", "&quot;'", "-_", "1-", "a b ", "/a", ":", "|", "1:",
    "a.", "%25%", "1. ", "By Ann Lee, ", "and ", "é", "人", "١", "?a=1&amp;", "2024-05-", "10:00 ", "a@", "#",
    "3 May 2024 ", "//", "../", "Aa", "[", "a=", "&amp;amp;", "&lt;p&gt;", "\xa0", "\xad", " – ", "\t ", "&amp;#1;",
    "\\u",
)  # fmt: skip

# place -> the page with a string there.
PLACES: dict[str, Callable[[str], bytes]] = {
    "title": lambda s: page(head=f"<title>{s}</title>").replace(b"<title>A bridge reopens</title>", b""),
    "title between words": lambda s: page(head=f"<title>A bridge {s} reopens</title>").replace(
        b"<title>A bridge reopens</title>", b""
    ),
    "h1": lambda s: page(f"<h1>A bridge {s} x</h1>{_STORY}"),
    "h2": lambda s: page(f"{_STORY}<h2>x{s}</h2>"),
    "og:image": lambda s: page(head=f'<meta property="og:image" content="https://example.org/a{s}.jpg">'),
    "og:title": lambda s: page(head=f'<meta property="og:title" content="A bridge {s} x">'),
    "og:description": lambda s: page(head=f'<meta property="og:description" content="A bridge {s} x">'),
    "og:site_name": lambda s: page(head=f'<meta property="og:site_name" content="x{s}">'),
    "class": lambda s: page(f'<div class="a{s}x">By Ann Lee</div><section class="{s}">{_STORY}</section>'),
    "id": lambda s: page(f'<div id="a{s}x">By Ann Lee</div><section id="{s}">{_STORY}</section>'),
    "href": lambda s: page(f'{_STORY}<a href="/{s}x">A link to a story</a><a href="{s}">x</a>'),
    "href of a host": lambda s: page(f'{_STORY}<a href="https://a{s}.org/x">A link to a story</a>'),
    "rel": lambda s: page(f'{_STORY}<a rel="{s}x" href="/x">A link to a story</a>'),
    "anchor": lambda s: page(f'<h1>News</h1><a href="/x">a{s}x</a>'),
    "byline": lambda s: page(f"<h1>A bridge reopens</h1><div class=byline>By {s} Lee</div>{_STORY}"),
    "author link": lambda s: page(f"<a rel=author class=author href=/x>Ann {s} Lee</a>{_STORY}"),
    "date": lambda s: page(f"<h1>A bridge reopens</h1><div class=date>Published {s} 2024</div>{_STORY}"),
    "time": lambda s: page(f'<h1>A bridge reopens</h1><time datetime="2024{s}">3 {s} May</time>{_STORY}'),
    "caption": lambda s: page(f"{_STORY}<figure><img src=/a.jpg><figcaption>A {s} x</figcaption></figure>"),
    "alt": lambda s: page(f'{_STORY}<figure><img src="/a{s}.jpg" alt="A {s} x"></figure>'),
    "srcset": lambda s: page(f'{_STORY}<img src="data:" srcset="/a{s} 1w, {s}2w">'),
    "meta author": lambda s: page(head=f'<meta name=author content="Ann {s} Lee">'),
    "meta keywords": lambda s: page(head=f'<meta name=keywords content="bridge, {s} x">'),
    "meta date": lambda s: page(head=f'<meta property="article:published_time" content="2024{s} x">'),
    "meta section": lambda s: page(head=f'<meta property="article:section" content="a {s} x">'),
    "meta refresh": lambda s: page(head=f'<meta http-equiv=refresh content="0; url={s}">'),
    "canonical": lambda s: page(head=f'<link rel=canonical href="https://www.example.org/{s}x">'),
    "next": lambda s: page(
        f'<h1>News</h1><div class="pager {s}"><a class="next {s}" href="?page={s}">Next {s}</a></div>'
    ),
    "pager": lambda s: page(f"<h1>News</h1><div class=pager><a href=/n?page=2>{s}</a><a href=/n/3>3</a></div>"),
    "paragraph": lambda s: page(f"{_STORY}<p>A bridge {s} x</p>"),
    "first paragraph": lambda s: page(f"<h1>A bridge reopens</h1><p>{s} x</p>{_STORY}"),
    "last paragraph": lambda s: page(f"<article>{_STORY}<p>(Reporting by {s} x</p></article>"),
    "bare text": lambda s: page(f"{_STORY}{s}<br>{s}"),
    "table cell": lambda s: page(f"<table><tr><td>{s}<td>x</table>{_STORY}"),
    "list item": lambda s: page(f"<ul><li>{s} x<li>x</ul>{_STORY}"),
    "kicker": lambda s: page(f"<div class=kicker>a {s} x</div>{_STORY}"),
    "lead": lambda s: page(f"<h1>A bridge reopens</h1><p class=lead>a {s} x</p>{_STORY}"),
    "label": lambda s: page(f"{_STORY}<div>Tags: {s} x</div><p>{s[:70]}: x</p>"),
    "tag": lambda s: page(f'{_STORY}<div class=tags><a rel=tag href="/tag/{s}">{s} x</a></div>'),
    "crumb": lambda s: page(f"<nav class=breadcrumb><a href=/>Home</a><a href=/a>a {s}</a></nav>{_STORY}"),
    "role": lambda s: page(f'<div role="{s}" itemprop="{s}" lang="{s}">x</div>{_STORY}'),
    "lang": lambda s: page().replace(b"lang=en", f'lang="en{s}"'.encode()),
    "base": lambda s: page(head=f'<base href="https://www.example.org/{s}">') ,
    "script": lambda s: page(f"{_STORY}<script>__NEXT_{s} self.__next_f.push([1,'{s}'])</script>"),
    "noscript": lambda s: page(f"<noscript>{s}x</noscript>"),
    "iframe": lambda s: page(f'<article>{_STORY}<iframe src="//www.{s}"></iframe></article>'),
    "JSON-LD text": lambda s: page(head=f'<script type="application/ld+json">{s}</script>'),
    "blockquote": lambda s: page(f"<article>{_STORY}<blockquote>{s} x</blockquote></article>"),
    "comments": lambda s: page(f"{_STORY}<div class=comments>{s} comments</div>"),
    "wall": lambda s: page(f"<h1>Subscribe {s} x</h1><p>Subscribe {s} to read</p>"),
    "charset": lambda s: page().replace(b"charset=utf-8", f'charset="{s}"'.encode()),
}  # fmt: skip

_JSON_KEYS = (
    "headline", "name", "author", "datePublished", "dateModified", "keywords", "articleSection", "image", "url", "@id",
    "articleBody", "description", "@type", "inLanguage", "identifier", "commentCount", "isAccessibleForFree",
    "publisher", "video", "alternativeHeadline", "mainEntityOfPage",
)  # fmt: skip


def _of_json(key: str, text: str) -> bytes:

    return page(head=_json_ld({**_ARTICLE, key: f"a{html.unescape(text)} x"}))


for _key in _JSON_KEYS:
    PLACES[f"JSON-LD {_key}"] = partial(_of_json, _key)

SOURCES: dict[str, Callable[[], bytes]] = {
    "feed of 10 MB": lambda: (
        f"<rss><channel>{_repeated('<item><title>A story %</title><link>http://e.org/%</link></item>', 170_000)}"
    ).encode(),
    "feed with 10 MB in one item": lambda: (
        f"<rss><channel><item><title>{_WORDS * 100_000}</title><link>http://e.org/1</link></item>"
    ).encode(),
    "feed of nested tags": lambda: (f"<rss><channel>{'<item>' * 1_600_000}").encode(),
    "feed of one tag": lambda: ("<rss " + _repeated('a%="1" ', 900_000) + "><channel>").encode(),
    "sitemap of 10 MB": lambda: (
        f"<urlset>{_repeated('<url><loc>http://e.org/story-%</loc><lastmod>2024-05-03</lastmod></url>', 140_000)}"
    ).encode(),
    "sitemap of attributes": lambda: (
        "<urlset>" + ("<url " + _repeated('a%="1" ', 10_000) + "></url>") * 90
    ).encode(),
    "sitemap of entities": lambda: (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><urlset>'
        + "<url><loc>&b;</loc></url>" * 300_000
    ).encode(),
    "JSON feed of 10 MB": lambda: json.dumps(
        {"items": [{"url": f"http://e.org/{n}", "title": _WORDS} for n in range(70_000)]}
    ).encode(),
    "JSON of brackets": lambda: b"[" * _TEN_MEGABYTES,
    "text of 10 MB": lambda: (_repeated("http://example.org/story-%\n", 350_000)).encode(),
    "spaces before XML": lambda: b" " * _TEN_MEGABYTES + b"<rss/>",
    "titles of marks": lambda: (
        "<rss><channel>" + f"<item><title>{'&lt;' * 2_000}</title><link>http://e.org/1</link></item>" * 1_000
    ).encode(),
}  # fmt: skip


def in_place(place: str, piece: str) -> Callable[[], bytes]:
    """The page with a long string of a repeated piece in a place."""
    return partial(PLACES[place], piece * (_RUN // len(html.unescape(piece))))
