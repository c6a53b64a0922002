"""Single fields read from small pages."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.fields.authors import find_authors
from newscrawler.extraction.fields.canonical_link import find_canonical, story_url
from newscrawler.extraction.fields.captions import split_credit_text
from newscrawler.extraction.fields.language import find_language, normal_tag
from newscrawler.extraction.fields.media import find_images, find_videos
from newscrawler.extraction.fields.related_stories import find_related
from newscrawler.extraction.fields.section import find_section
from newscrawler.extraction.fields.standing import (
    find_comment_count,
    find_is_free,
    find_kind,
    find_story_code,
)
from newscrawler.extraction.fields.tags import find_tags
from newscrawler.extraction.headline.title import find_title
from newscrawler.extraction.html.selectors import Rules
from newscrawler.items import Image, RelatedStory
from tests.extraction.pages import URL, body_of, page

NO_RULES = Rules()
ARTICLE: dict[str, Any] = {"@type": "NewsArticle", "headline": "A bridge reopens"}


# Tags and section


def tags(body: str = "", head: str = "", ld: Any = None) -> list[str]:
    return find_tags(page(body, head, ld=ld), NO_RULES).value


def test_tags_come_one_per_link() -> None:
    assert tags("<div class=tags>Tags: <a href=/tag/a>Old town</a> <a href=/tag/b>River</a></div>") == [
        "Old town",
        "River",
    ]


def test_keywords_as_list_and_as_text() -> None:
    assert tags(ld={**ARTICLE, "keywords": ["Bridges", "River"]}) == ["Bridges", "River"]
    assert tags(ld={**ARTICLE, "keywords": "Bridges, River"}) == ["Bridges", "River"]


def test_pseudo_tags_are_left_out() -> None:
    assert tags(
        ld={**ARTICLE, "keywords": ["Bridges", "Category: News", "10023456", "example.org", "source:agency"]}
    ) == ["Bridges"]


def test_menus_are_no_tags() -> None:
    assert tags("<nav class=topics><a href=/topic/a>Politics</a><a href=/topic/b>Sport</a></nav>") == []


def test_section_from_the_breadcrumb() -> None:
    items = [
        {"position": 2, "name": "Politics"},
        {"position": 1, "name": "Home"},
        {"position": 3, "item": {"name": "Traffic"}},
    ]
    document = page(ld=[ARTICLE, {"@type": "BreadcrumbList", "itemListElement": items}])
    assert find_section(document, NO_RULES) == Extracted("Politics > Traffic", "json-ld")


# Language


ENGLISH = (
    "The mayor said on Monday that the bridge would be rebuilt before the winter, and that the work on it was to begin "
    "in a week or two. For those who live by the river it has been a long time."
)
GERMAN = (
    "Die alte Brücke über den Fluss ist am Montag wieder geöffnet worden, zwei Jahre nachdem ein Hochwasser zwei ihrer "
    "Pfeiler mit sich gerissen hatte. Das ist nicht allen recht."
)


@pytest.mark.parametrize(
    ("lang", "text", "language"),
    [
        ("de_AT", "Die Brücke ist wieder offen", "de-AT"),
        ("en", "پل قدیمی شهر پس از چهار ماه دوباره باز شد", "fa"),
        ("en", "다리가 넉 달 만에 다시 열렸다고 시가 밝혔다", "ko"),
        ("en", "橋が四か月ぶりに再び開通したと市が発表した", "ja"),
        ("ru", "Мост снова открыт для всех жителей города", "ru"),
        ("ar", "The bridge is open again for everybody", None),
        ("", "The bridge is open again for everybody", None),
        ("", ENGLISH, "en"),
        ("de-DE", ENGLISH, "en"),
        ("en-GB", ENGLISH, "en-GB"),
        ("en-US", GERMAN, "de"),
        ("pt", ENGLISH[:60], "pt"),
    ],
)
def test_language(lang: str, text: str, language: str | None) -> None:
    assert find_language(page(lang=lang), text).value == language


@pytest.mark.parametrize(
    ("declared", "tag"), [("EN_us", "en-US"), ("zh-hant-tw", "zh-Hant-TW"), ("english", None), ("", None)]
)
def test_language_tags(declared: str, tag: str | None) -> None:
    assert normal_tag(declared) == tag


# Pictures and videos


def test_pictures_with_caption_and_credit_but_no_icons() -> None:
    document = page(
        "<h1>x</h1><img src=/logo.png>"
        "<figure><img src=data:image/gif;base64,x data-src=/photos/bridge.jpg alt='The bridge'>"
        "<figcaption>The bridge at noon. (Photo: Jane Doe)</figcaption></figure>"
        "<p class=t>text</p>"
        "<a href=/other-story-7654321.html><img src=/photos/teaser.jpg></a>"
        "<img src=/photos/second.jpg><p class=t>more</p>"
    )
    assert find_images(document, body_of(document)).value == [
        Image(
            url="https://www.example.org/photos/bridge.jpg",
            alt="The bridge",
            caption="The bridge at noon.",
            credit="Jane Doe",
        ),
        Image(url="https://www.example.org/photos/second.jpg"),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A bridge. (Photo: Jane Doe)", ("A bridge.", "Jane Doe")),
        ("A bridge © Example Agency", ("A bridge", "Example Agency")),
        ("Foto: Max Bild", (None, "Max Bild")),
        ("A photo of a bridge", ("A photo of a bridge", None)),
        ("A bridge. Foto di Jane Doe", ("A bridge.", "Jane Doe")),
        ("A bridge. (AP Photo/Jane Doe)", ("A bridge.", "AP Photo/Jane Doe")),
        ("A bridge. REUTERS/Jane Doe", ("A bridge.", "REUTERS/Jane Doe")),
        ("A bridge. Zdjęcie: Jan Kowalski", ("A bridge.", "Jan Kowalski")),
        ("A bridge. Symbolbild: Jane Doe", ("A bridge.", "Jane Doe")),
        ("A bridge. Courtesy of Jane Doe", ("A bridge.", "Jane Doe")),
        ("The foto de la plaza", ("The foto de la plaza", None)),
    ],
)
def test_credits(text: str, parts: tuple[str | None, str | None]) -> None:
    assert split_credit_text(text) == parts


def test_videos() -> None:
    document = page(
        "<h1>x</h1><iframe src='https://www.youtube.com/embed/abc'></iframe><iframe src='https://ads.example/x'></iframe>"
        "<p class=t>text</p>",
        ld={**ARTICLE, "video": {"@type": "VideoObject", "contentUrl": "/v.mp4"}},
    )
    assert find_videos(document, body_of(document)).value == [
        "https://www.example.org/v.mp4",
        "https://www.youtube.com/embed/abc",
    ]


# Standing


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://a.org/en/news/983389/slug-of-words", "983389"),
        ("https://a.org/2024/05/03/slug-of-words", None),
        ("https://a.org/20240503/slug", None),
        ("https://a.org/slug-of-words-35200132.html", "35200132"),
        ("https://a.org/win-1000000-today", None),
    ],
)
def test_story_code_in_the_url(url: str, code: str | None) -> None:
    assert find_story_code(page(url=url), NO_RULES).value == code


def test_story_code_by_its_label_in_persian() -> None:
    assert (
        find_story_code(
            page("<div><span>کد خبر:</span> <b>۹۸۳۳۸۹</b></div>", url="https://a.org/x"), NO_RULES
        ).value
        == "983389"
    )


def test_comment_count() -> None:
    assert find_comment_count(page(ld={**ARTICLE, "commentCount": "12"}), NO_RULES).value == 12
    assert find_comment_count(page("<a class=comments href='#c'>34 comments</a>"), NO_RULES).value == 34
    assert find_comment_count(page("<a class=comments href='/other'>34 comments</a>"), NO_RULES).value is None


@pytest.mark.parametrize(
    ("head", "ld", "free"),
    [
        ("", {**ARTICLE, "isAccessibleForFree": "False"}, False),
        ("", {**ARTICLE, "isAccessibleForFree": True}, True),
        ("<meta property='article:content_tier' content='locked'>", None, False),
        ("", None, None),
    ],
)
def test_is_free(head: str, ld: Any, free: bool | None) -> None:
    assert find_is_free(page(head=head, ld=ld)).value is free


@pytest.mark.parametrize(
    ("url", "ld", "words", "kind"),
    [
        (URL, {"@type": "LiveBlogPosting", "headline": "x"}, 900, "live"),
        (URL, {"@type": "OpinionNewsArticle", "headline": "x"}, 900, "opinion"),
        ("https://a.org/meinung/eine-bruecke", None, 900, "opinion"),
        ("https://a.org/video/eine-bruecke", None, 40, "video"),
        ("https://a.org/video/eine-bruecke", None, 900, "article"),
        ("https://a.org/fotostrecke/eine-bruecke", None, 40, "photo"),
        (URL, ARTICLE, 900, "article"),
    ],
)
def test_kind(url: str, ld: Any, words: int, kind: str) -> None:
    assert find_kind(page(ld=ld, url=url), "A bridge reopens", words).value == kind


# Addresses


@pytest.mark.parametrize(
    ("canonical", "found"),
    [
        ("/politics/a?utm_source=x", "https://www.example.org/politics/a"),
        ("https://example.org/", None),
        ("https://elsewhere.net/a", None),
        ("javascript:void(0)", None),
    ],
)
def test_canonical(canonical: str, found: str | None) -> None:
    assert find_canonical(page(head=f'<link rel="canonical" href="{canonical}">')).value == found


def test_story_url_is_free_of_tracking() -> None:
    assert story_url(page(url="https://a.org/x?id=7&utm_medium=rss#top")) == "https://a.org/x?id=7"


# Related


def test_related_links_in_the_menu_are_none() -> None:
    document = page(
        "<nav><h3>Related</h3><a href=/a-b-c-1>One two three four</a><a href=/a-b-c-2>Five six seven</a></nav>"
    )
    assert find_related(document, NO_RULES, body_of(document)).value == []


def test_related_cards_give_heading_date_and_alt() -> None:
    document = page(
        "<p class=t>text</p><section><h2>Read more</h2>"
        "<article><a href='/a-b-c-1?utm_source=rel'><img src=x.jpg alt='A boat'><span>Traffic</span>"
        "<h3>One two three</h3></a>"
        "<time datetime='2024-05-02'>2 May</time></article>"
        "<article><a href='http://[bad'>Broken link of words</a></article>"
        "<article><a href=/a-b-c-2><h3>Four five six</h3></a></article></section>"
    )
    assert find_related(document, NO_RULES, body_of(document)).value == [
        RelatedStory(
            title="One two three",
            url="https://www.example.org/a-b-c-1",
            published="2024-05-02",
            image_alt="A boat",
        ),
        RelatedStory(title="Four five six", url="https://www.example.org/a-b-c-2"),
    ]


# Hostile facts


@pytest.mark.parametrize(
    "value", [5, None, True, [], [[]], {}, {"name": {"name": {}}}, [5, None, {"url": 5}], "x" * 5000]
)
def test_any_json_ld_value_is_survived(value: object) -> None:
    names = """author keywords headline image video url publisher identifier articleSection inLanguage mainEntity @id
        isAccessibleForFree commentCount interactionStatistic mainEntityOfPage"""
    story = {"@type": "NewsArticle"} | dict.fromkeys(names.split(), value)
    document = page("<p class=t>x</p>", ld=[story, {"@type": "BreadcrumbList", "itemListElement": value}])
    body = body_of(document)
    assert isinstance(find_authors(document, NO_RULES, body).value, list)
    assert isinstance(find_tags(document, NO_RULES).value, list)
    assert isinstance(find_images(document, body).value, list)
    assert isinstance(find_videos(document, body).value, list)
    assert find_comment_count(document, NO_RULES).value in (None, 5)
    find_title(document, NO_RULES)
    find_section(document, NO_RULES)
    find_story_code(document, NO_RULES)
    find_is_free(document)
    find_kind(document, "x", 5)
    find_language(document, "x")
