"""Page types on layouts of today's news sites, in several languages: lists that tease, stories in many markups."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from newscrawler.extraction import read

MENU = (
    "<header><a href='/'>The Harbour Post</a><nav><a href='/world'>World</a><a href='/sport'>Sport</a>"
    "<a href='/culture'>Culture</a><a href='/weather'>Weather</a></nav></header>"
)
FOOT = "<footer><a href='/about'>About us</a><a href='/privacy'>Privacy</a><p>© The Harbour Post</p></footer>"
HEADS = (
    "Ferry strike enters its second week as talks stall",
    "Why the old cannery may become a library",
    "Storm warning lifted along the northern coast",
    "Three candidates left in the race for mayor",
    "School kitchens switch to local fish",
    "Lighthouse keeper retires after forty years",
    "Night trains return to the valley in spring",
    "City sells its last parking garage",
    "How a small choir filled the concert hall",
    "Tide gauges show the highest level since 1962",
)
TEASE = (
    "Union and operator met for a third time on Monday, and left without a date for the next round of talks."
)

CHINESE = (
    "市长星期一在新闻发布会上表示，老城区的大桥将在冬天到来之前完成重建，工程很快就会开始，预计耗资三千万元。",
    "居民们已经等待了两年。自从洪水冲垮桥墩以来，河两岸的人们每天要绕行将近十公里，才能到达学校和医院。",
    "“我们终于看到了希望，”在河边经营小店的一位女士说，“这两年生意一直很难做，很多老顾客都不再过河了。”",
    "据市政府介绍，新桥将比旧桥加宽两米，并增设自行车道。设计方案曾征求过公众意见，共收到四百多条建议。",
    "不过，也有市民担心施工期间的噪音和交通问题。市交通局表示，将在高峰时段暂停部分作业。",
)
CHINESE_HEADS = (
    "老城区大桥将在冬天之前完成重建",
    "渡轮罢工进入第二周谈判陷入僵局",
    "北部沿海风暴警报解除",
    "夜间列车明年春天恢复运行",
)


class Case(NamedTuple):
    url: str
    head: str
    body: str


def ld(data: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def og(**values: str) -> str:
    return "".join(f"<meta property='og:{name}' content='{value}'>" for name, value in values.items())


def cards(count: int = 10, shape: str = "{head}", heads: tuple[str, ...] = HEADS, tease: str = TEASE) -> str:
    return "".join(
        shape.format(
            head=heads[n % len(heads)],
            n=n,
            tease=tease,
            href=f"/world/2026/nov/{20 - n}/story-{n}-of-the-day",
            day=f"2026-11-{20 - n:02d}",
        )
        for n in range(count)
    )


CARD = "<div class=card><a href='{href}'><img src='/i/{n}.jpg' alt=''><h3>{head}</h3></a><p>{tease}</p></div>"
BARE = "<li><a href='{href}'>{head}</a></li>"
TIMED = (
    "<article><time datetime='{day}'>{day}</time><h2><a href='{href}'>{head}</a></h2><p>{tease}</p></article>"
)
LIST_ITEMS = ld(
    {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "url": f"https://example.org/x/{n}"} for n in range(1, 9)
        ],
    }
)

LISTINGS = {
    "a list in Chinese": Case(
        "https://www.example.org/guonei/",
        "<title>国内新闻_港口新闻网</title>",
        f"<h1>国内新闻</h1><ul>{cards(20, '<li><a href={href}>{head}</a> <i>{day}</i></li>', CHINESE_HEADS)}</ul>",
    ),
    "section of cards": Case(
        "https://www.example.org/world",
        f"<title>World news | The Harbour Post</title>{og(type='website', title='World news')}",
        f"<main><h1>World</h1>{cards(10, CARD)}</main>",
    ),
    "section that calls itself an article": Case(
        "https://www.example.org/news/world/europe/",
        f"<title>Europe - The Harbour Post</title>{og(type='article', title='Europe')}",
        f"<main><h1>Europe</h1><div class=grid>{cards(10, CARD)}</div></main>",
    ),
    "tag page": Case(
        "https://www.example.org/tag/ferry-strike",
        f"<title>Ferry strike: latest news and analysis</title>{og(type='website', title='Ferry strike')}{LIST_ITEMS}",
        f"<h1>Ferry strike</h1><p>Everything on the strike of the ferry crews.</p>{cards(8, TIMED)}",
    ),
    "author page with a biography": Case(
        "https://www.example.org/authors/mara-lindholm",
        f"<title>Mara Lindholm | The Harbour Post</title>{og(type='profile', title='Mara Lindholm')}"
        f"{ld({'@type': 'ProfilePage', 'mainEntity': {'@type': 'Person', 'name': 'Mara Lindholm'}})}",
        "<h1>Mara Lindholm</h1><p>Mara Lindholm has covered ports, fisheries and shipping for The Harbour Post since "
        "2011. Before that she sailed as a radio officer and wrote for a trade weekly in the capital. She lives on the "
        f"west quay with two cats and far too many charts.</p><ul>{cards(10, BARE)}</ul>",
    ),
    "home page with one lead story": Case(
        "https://www.example.org/en/",
        f"<title>The Harbour Post - news from the coast</title>{og(type='website', title='The Harbour Post')}",
        f"<section class=lead><h1><a href='/world/ferry-strike'>{HEADS[0]}</a></h1><p>{TEASE}</p>"
        f"<p>{TEASE}</p></section>"
        f"{cards(10, CARD)}",
    ),
    "edition's home page below a word": Case(
        "https://www.example.org/international",
        f"<title>The Harbour Post | International edition</title>{og(type='website', title='The Harbour Post')}",
        f"<section><h2><a href='/a/1'>{HEADS[0]}</a></h2><p>{TEASE * 2}</p></section>{cards(10, CARD)}",
    ),
    "index of live tickers": Case(
        "https://www.example.org/live",
        f"<title>Live updates</title>{og(type='website', title='Live')}",
        "<h1>Live</h1>"
        f"<ol>{cards(9, '<li><span>Live</span><a href={href}>{head}</a><time>{n} min ago</time></li>')}</ol>",
    ),
    "video hub": Case(
        "https://www.example.org/video",
        f"<title>Video - The Harbour Post</title>{og(type='website', title='Video')}",
        "<h1>Watch</h1><div class=player></div>"
        + cards(
            10,
            "<a class=tile href='/video/{n}/clip'><img src='/{n}.jpg'><span>02:1{n}</span><h4>{head}</h4></a>",
        ),
    ),
    "archive of newsletters": Case(
        "https://www.example.org/newsletters/morning-tide/archive",
        f"<title>Morning Tide: all issues</title>{og(type='website', title='Morning Tide')}",
        f"<h1>Morning Tide</h1><p>Every weekday at six.</p>{cards(10, TIMED)}"
        "<p><a href='?page=2'>Older issues</a></p>",
    ),
    "archive of one day": Case(
        "https://www.example.org/archive/2026/11/20/",
        "<title>Friday 20 November 2026 | Archive</title>",
        f"<h1>20 November 2026</h1><ul>{cards(10, BARE)}</ul>",
    ),
    "search results": Case(
        "https://www.example.org/search?q=ferry",
        f"<title>ferry - search</title>{og(type='website')}",
        f"<h1>214 results for ferry</h1>{cards(10, TIMED)}<a href='?q=ferry&page=2'>2</a> <a "
        "href='?q=ferry&page=3'>3</a>",
    ),
    "second page of a section": Case(
        "https://www.example.org/culture/page/2",
        f"<title>Culture - page 2</title>{og(type='website', title='Culture')}",
        f"<h1>Culture</h1>{cards(10, CARD)}<a href='/culture'>1</a><b>2</b><a href='/culture/page/3'>3</a>",
    ),
    "section whose stories are declared": Case(
        "https://www.example.org/sport/sailing",
        f"<title>Sailing</title>{og(type='website', title='Sailing')}"
        + ld([{"@type": "NewsArticle", "headline": head, "url": f"/s/{n}"} for n, head in enumerate(HEADS)]),
        f"<h1>Sailing</h1>{cards(10, CARD)}",
    ),
    "collection declared in a graph": Case(
        "https://www.example.org/dossiers/coastal-defence",
        "<title>Coastal defence</title>"
        + ld({"@graph": [{"@type": "CollectionPage", "name": "Coastal defence"}]}),
        f"<h1>Coastal defence</h1><p>{TEASE * 3}</p>{cards(6, CARD)}",
    ),
    "blog of whole posts": Case(
        "https://www.example.org/blog/",
        "<title>The newsroom's blog</title>",
        "<body class='blog'>"
        + cards(
            5,
            "<div class=post><h2><a href='{href}'>{head}</a></h2><p>{day}</p><p>{tease}</p><p>{tease}</p>"
            "<p><a href='{href}'>Continue reading</a></p></div>",
        ),
    ),
    "German section": Case(
        "https://www.beispiel.example/wirtschaft/",
        f"<html lang=de><title>Wirtschaft: Nachrichten</title>{og(type='website', title='Wirtschaft')}",
        "<h1>Wirtschaft</h1>"
        + cards(
            9,
            CARD,
            (
                "Werft stellt zweihundert Leute ein",
                "Warum der Hafen nachts leuchtet",
                "Fischpreise steigen wieder",
            ),
            "Die Auftragsbücher sind voll, doch es fehlt an Schweißern und an Wohnungen in der Stadt.",
        ),
    ),
    "Spanish topic": Case(
        "https://www.ejemplo.example/temas/pesca",
        f"<html lang=es><title>Pesca - Noticias</title>{og(type='website', title='Pesca')}",
        "<h1>Pesca</h1>"
        + cards(
            9,
            TIMED,
            ("La flota vuelve al puerto tras el temporal", "El precio del atún baja por tercer mes seguido"),
            "Los armadores esperan una respuesta del ministerio antes de que termine la semana.",
        ),
    ),
    "Persian section": Case(
        "https://www.nemune.example/fa/economy",
        f"<html lang=fa dir=rtl><title>اقتصاد</title>{og(type='website', title='اقتصاد')}",
        "<h1>اقتصاد</h1>"
        + cards(9, BARE, ("قیمت ماهی در بازار جنوب کاهش یافت", "بندر تازه تا پایان سال آماده می‌شود")),
    ),
    "Japanese list of news": Case(
        "https://www.rei.example/news/list/",
        "<html lang=ja><title>ニュース一覧</title>",
        "<h1>ニュース一覧</h1>"
        + cards(
            10,
            "<dl><dt>{day}</dt><dd><a href='{href}'>{head}</a></dd></dl>",
            ("港の新しい橋が来春に開通へ", "漁協が若手向けの講習を始める"),
        ),
    ),
}

PARAGRAPHS = (
    "The crews of the coastal ferries stayed ashore for a ninth day on Tuesday, and the queue of lorries at the west "
    "quay reached the old customs house by noon.",
    "“We have moved as far as we can,” said the operator's director, Henrik Vale, after the meeting. The "
    "union asks for "
    "two more deckhands on the night crossings.",
    "Fresh fish is flown out from the small airfield for now, at four times the price. The council will "
    "discuss help for "
    "the islands on Thursday evening.",
    "No new date for talks has been set. The mediator said she would call both sides again before the weekend.",
)
HEAD = "Ferry strike enters its second week as talks stall"
NEWS = ld({"@type": "NewsArticle", "headline": HEAD, "datePublished": "2026-11-20T08:00:00+00:00"})
PUBLISHED = "<meta property='article:published_time' content='2026-11-20T08:00:00+00:00'>"
MORE = f"<aside><h2>More on this</h2><ul>{cards(10, BARE, HEADS[1:])}</ul></aside>"


def text(tag: str = "p", paragraphs: tuple[str, ...] = PARAGRAPHS, close: bool = True) -> str:
    return "".join(f"<{tag}>{paragraph}{f'</{tag}>' if close else ''}" for paragraph in paragraphs)


WINDOW = f"<title>{HEAD} | The Harbour Post</title>"
SLUG = "ferry-strike-enters-its-second-week-as-talks-stall"

STORIES = {
    "a short story in Chinese": Case(
        "https://www.example.org/2026/11/12/1234567.html",
        f"<title>{CHINESE_HEADS[0]}_港口新闻网</title>",
        f"<h1>{CHINESE_HEADS[0]}</h1><div class=info>2026-11-12 15:23 来源：港口新闻网</div><div class=content>"
        f"{''.join(f'<p>{line}</p>' for line in CHINESE)}</div><h3>相关新闻</h3><ul>"
        f"{cards(6, '<li><a href={href}>{head}</a></li>', CHINESE_HEADS)}</ul>",
    ),
    "review that declares what it is about": Case(
        "https://www.example.org/reviews/the-oilskin-jacket-that-kept-us-dry",
        f"<title>The oilskin jacket that kept us dry</title>{og(type='article')}{PUBLISHED}"
        + ld({"@type": "Product", "name": "Oilskin jacket", "review": {"@type": "Review"}}),
        f"<h1>The oilskin jacket that kept us dry</h1><time>20 November 2026</time>{text()}",
    ),
    "everything declared": Case(
        f"https://www.example.org/world/2026/nov/20/{SLUG}",
        f"{WINDOW}{og(type='article', title=HEAD)}{NEWS}",
        f"<main><article><h1>{HEAD}</h1><time datetime='2026-11-20'>20 Nov 2026</time>{text()}</article>{MORE}</main>",
    ),
    "JSON-LD only": Case(
        f"https://www.example.org/news/{SLUG}-1839927963",
        f"{WINDOW}{NEWS}",
        f"<div id=app><div><h1>{HEAD}</h1><div>{text()}</div></div></div>{MORE}",
    ),
    "Open Graph only": Case(
        f"https://www.example.org/a/{SLUG}",
        f"{WINDOW}{og(type='article', title=HEAD)}{PUBLISHED}",
        f"<div class=wrap><h1>{HEAD}</h1><div class=txt>{text()}</div></div>",
    ),
    "nothing declared": Case(
        "https://www.example.org/news/48213",
        WINDOW,
        f"<div><h1>{HEAD}</h1><p class=date>20 November 2026, 08:00</p>{text()}</div>",
    ),
    "website by Open Graph": Case(
        f"https://www.example.org/local/{SLUG}",
        f"{WINDOW}{og(type='website', title=HEAD)}",
        f"<h1>{HEAD}</h1><span>20.11.2026</span>{text()}{MORE}",
    ),
    "two sentences": Case(
        f"https://www.example.org/brief/{SLUG}",
        f"{WINDOW}{og(type='article', title=HEAD)}{PUBLISHED}",
        f"<article><h1>{HEAD}</h1>{text(paragraphs=PARAGRAPHS[:1])}</article>{MORE}",
    ),
    "live blog": Case(
        "https://www.example.org/live/2026/11/20/ferry-strike-updates",
        f"{WINDOW}{og(type='article', title=HEAD)}"
        + ld({"@type": "LiveBlogPosting", "headline": HEAD, "datePublished": "2026-11-20T08:00:00Z"}),
        f"<h1>{HEAD}</h1>"
        + "".join(f"<article><time>1{n}:05</time><h3>Update {n}</h3>{text()}</article>" for n in range(6)),
    ),
    "paragraphs that are divs": Case(
        f"https://www.example.org/region/{SLUG}.html",
        f"{WINDOW}{og(type='article', title=HEAD)}",
        f"<h1>{HEAD}</h1><div>Published 20 November 2026</div><div class=body>{text('div')}</div>",
    ),
    "paragraphs set apart by line breaks": Case(
        "https://www.example.org/index.php?id=48213",
        WINDOW,
        f"<table><tr><td><h1>{HEAD}</h1><i>20/11/2026</i><br><br>{'<br><br>'.join(PARAGRAPHS)}</td></tr></table>",
    ),
    "microdata": Case(
        f"https://www.example.org/{SLUG}/",
        WINDOW,
        f"<div itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop=headline>{HEAD}</h1>"
        "<time itemprop=datePublished datetime='2026-11-20'>Friday</time><div "
        f"itemprop=articleBody>{text()}</div></div>",
    ),
    "headings and pictures in the text": Case(
        f"https://www.example.org/long-read/{SLUG}",
        f"{WINDOW}{og(type='article', title=HEAD)}{PUBLISHED}",
        f"<article><h1>{HEAD}</h1>"
        + "".join(f"<h2>Part {n}</h2>{text()}<figure><img src='/{n}.jpg'></figure>" for n in range(4))
        + f"</article>{MORE}",
    ),
    "teasers between the paragraphs": Case(
        f"https://www.example.org/news/{SLUG}-a1234567.html",
        f"{WINDOW}{NEWS}",
        f"<h1>{HEAD}</h1>"
        + "".join(
            f"<p>{p}</p><div class=teaser><h3><a href='/x/{n}'>{HEADS[n + 1]}</a></h3></div>"
            for n, p in enumerate(PARAGRAPHS)
        ),
    ),
    "WordPress's single post": Case(
        f"https://www.example.org/2026/11/20/{SLUG}/",
        WINDOW,
        f"<body class='post-template-default single single-post postid-4821'><article><h1 class=entry-title>{HEAD}</h1>"
        f"<a href='/author/m'>M. Lindholm</a> <time datetime='2026-11-20T08:00'>20 Nov</time>{text()}</article>"
        "<nav><a rel=prev href='/p'>Older post</a></nav>",
    ),
    "German": Case(
        "https://www.beispiel.example/wirtschaft/werft-stellt-zweihundert-leute-ein-id4821733.html",
        f"<html lang=de><title>Werft stellt zweihundert Leute ein</title>{og(type='article')}{PUBLISHED}",
        "<h1>Werft stellt zweihundert Leute ein</h1><p>Die Werft am Westkai sucht bis zum Frühjahr zweihundert neue "
        "Beschäftigte, wie die Geschäftsführung am Freitag mitteilte.</p><p>Gebaut werden vier Fähren für den Norden. "
        "Der Betriebsrat begrüßte die Pläne, mahnte aber Wohnungen an.</p>",
    ),
    "Spanish": Case(
        "https://www.ejemplo.example/economia/la-flota-vuelve-al-puerto-tras-el-temporal_4821_102.html",
        f"<html lang=es><title>La flota vuelve al puerto tras el temporal</title>{PUBLISHED}",
        "<h1>La flota vuelve al puerto tras el temporal</h1><p>Los cuarenta barcos de la cofradía "
        "regresaron este viernes "
        "al puerto después de cinco días de temporal, sin daños de importancia.</p><p>“Hemos tenido suerte”, dijo el "
        "patrón mayor, que pide un dique más alto para el invierno.</p>",
    ),
    "Persian": Case(
        "https://www.nemune.example/fa/news/983411/بندر-تازه-تا-پایان-سال-آماده-می-شود",
        "<html lang=fa dir=rtl><title>بندر تازه تا پایان سال آماده می‌شود</title>",
        "<h1>بندر تازه تا پایان سال آماده می‌شود</h1><span>شنبه ۲۲ آذر ۱۴۰۴ ساعت ۱۳:۱۹</span><div>"
        "<p>مدیر بندر روز شنبه در "
        "نشستی خبری گفت که ساخت اسکله تازه تا پایان سال به پایان می‌رسد و کشتی‌های بزرگ می‌توانند در آن "
        "پهلو بگیرند.</p><p>به "
        "گفته او بیش از سیصد نفر در این پروژه کار می‌کنند و هزینه آن از سوی استان پرداخت شده است.</p></div>",
    ),
    "Japanese": Case(
        "https://www.rei.example/news/article/20261120-00048213",
        "<html lang=ja><title>港の新しい橋が来春に開通へ"
        f"</title>{og(type='article', title='港の新しい橋が来春に開通へ')}",
        "<h1>港の新しい橋が来春に開通へ</h1><time datetime='2026-11-20'>2026年11月20日</time>"
        "<p>市は20日、港をまたぐ新しい橋が"
        "来年の春に開通すると発表した。総工費は約三十億円で、工事は予定より二か月早く進んでいるという。"
        "</p><p>橋の完成で、"
        "島と市の中心部は車で十分ほどで結ばれる。住民からは通学が楽になると喜ぶ声が上がっている。</p>",
    ),
}


WARE = ld({"@type": "Product", "name": "Oilskin jacket", "offers": {"@type": "Offer", "price": "89.00"}})
OTHERS = {
    "product by JSON-LD": Case(
        "https://www.example.org/oilskin-jacket-4821.html",
        f"<title>Oilskin jacket | The Harbour Shop</title>{WARE}",
        f"<h1>Oilskin jacket</h1><b>€89.00</b><p>{TEASE}</p><p>{TEASE}</p><form action='/cart/add'></form>",
    ),
    "product by Open Graph": Case(
        "https://www.example.org/p/oilskin-jacket",
        f"<title>Oilskin jacket</title>{og(type='product', title='Oilskin jacket')}",
        f"<h1>Oilskin jacket</h1><b>€89.00</b><p>{TEASE}</p>",
    ),
    "thread of a forum, declared": Case(
        "https://www.example.org/d/4821-which-rope-for-the-night-ferry",
        "<title>Which rope for the night ferry?</title>" + ld({"@type": "DiscussionForumPosting"}),
        "<h1>Which rope for the night ferry?</h1>"
        + f"<div><b>deckhand</b> 20 Nov 2026<p>{TEASE * 2}</p></div>" * 6,
    ),
    "thread of a forum by its address": Case(
        "https://forum.example.org/viewtopic.php?f=4&t=48",
        "<title>Which rope for the night ferry? - Harbour forum</title>",
        "<h3><a href='?t=48'>Which rope for the night ferry?</a></h3>"
        + f"<div><a href='/u/1'>deckhand</a> 20 Nov 2026<p>{TEASE}</p><a href='/q'>Quote</a></div>" * 6,
    ),
    "about us": Case(
        "https://www.example.org/about",
        f"<title>About us | The Harbour Post</title>{og(type='website', title='About us')}",
        f"<h1>About us</h1><p>{TEASE * 2}</p><p>{TEASE * 2}</p><p>{TEASE}</p>",
    ),
}


def kind(case: Case) -> tuple[str, str]:
    page = f"<!doctype html>{case.head}{'' if '<body' in case.body else '<body>'}{MENU}{case.body}{FOOT}"
    found = read(page.encode(), case.url, "text/html; charset=utf-8")
    return found.kind, found.reason


@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_is_no_story(name: str) -> None:
    told, reason = kind(LISTINGS[name])
    assert told == "listing", reason


@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_a_story(name: str) -> None:
    told, reason = kind(STORIES[name])
    assert told == "story", reason


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_neither_story_nor_news_is_no_story(name: str) -> None:
    told, reason = kind(OTHERS[name])
    assert told != "story", reason
