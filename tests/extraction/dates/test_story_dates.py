"""The dates of a story: which source speaks, what the others add, what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newscrawler.extraction.dates import DatesFound, find_dates
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors

URL = "https://news.example/en/news/983389/harbour-bridge"
FETCHED = datetime(2024, 5, 4, 9, 0, tzinfo=UTC)
TITLE = "Harbour bridge reopens after two years"


def page(head: str = "", above: str = "", below: str = "", lang: str = "en") -> str:
    return (
        f"<html lang='{lang}'><head><title>{TITLE} | The Example</title>{head}</head><body>"
        f"<header><div class='clock'>Sunday 1 January 2023</div><nav><a href='/'>Home</a></nav></header>"
        f"<main><article>{above}<h1>{TITLE}</h1>{below}"
        f"<p>{'The first cars crossed the bridge in the morning, watched by a small crowd. ' * 4}</p>"
        f"</article></main></body></html>"
    )


def find(
    html: str, *, url: str = URL, selectors: Selectors | None = None, fetched: datetime | None = None
) -> DatesFound:
    return find_dates(
        Document(html.encode(), url, "text/html; charset=utf-8"), selectors or Selectors(), fetched, None
    )


def ld(**facts: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **facts}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def test_json_ld_speaks_before_meta_and_print() -> None:
    found = find(
        page(
            ld(datePublished="2024-05-03T10:00:00+02:00", dateModified="2024-05-03T12:30:00+02:00")
            + meta("article:published_time", "2024-05-01T10:00:00Z"),
            below="<p class='date'>Published 3 May 2024, 10:00</p>",
        )
    )
    assert found == DatesFound(
        "2024-05-03T10:00:00+02:00",
        "json-ld",
        "3 May 2024, 10:00",
        "2024-05-03T12:30:00+02:00",
        "json-ld",
    )


def test_a_teaser_node_of_json_ld_does_not_speak_for_the_page() -> None:
    teaser = ld(datePublished="2020-01-02T10:00:00Z", url="https://news.example/en/news/1/other")
    own = ld(datePublished="2024-05-03T08:00:00Z", url=URL)
    assert find(page(teaser + own)).published == "2024-05-03T08:00:00+00:00"


@pytest.mark.parametrize("kind", ["Recipe", "HowTo"])
def test_recipes_and_instructions_have_dates(kind: str) -> None:
    head = f'<script type="application/ld+json">{{"@type": "{kind}", "datePublished": "2024-05-03"}}</script>'
    assert find(page(head)).published == "2024-05-03"


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("<time datetime=2024-05-03>3 May</time>", "2024-05-03"),
        ("<time datetime=2024-05-03>3 May</time><time datetime=2024-05-02>2 May</time>", None),
    ],
)
def test_a_column_of_the_story_has_one_date(times: str, expected: str | None) -> None:
    links = "<a href=/a>Ann</a><a href=/b>Mail</a><a href=/c>Print</a>"
    assert find(page(below=f"<div class=sidebar>{times}{links}</div>")).published == expected


def test_a_text_right_behind_the_headline_s_own_box() -> None:
    html = page().replace(
        f"<h1>{TITLE}</h1>", f"<div><dl><dt>{TITLE}</dt></dl>Posted: [ 2024-05-03 15:24 ]</div>"
    )
    document = Document(html.encode(), URL)
    title = next(document.root.iter("dt"))
    assert find_dates(document, Selectors(), None, title).published == "2024-05-03T15:24:00"


def test_the_day_of_creation_speaks_after_meta_elements() -> None:
    head = ld(dateCreated="2024-04-01T10:00:00Z")
    assert find(page(head)).published == "2024-04-01T10:00:00+00:00"
    html = page(head + meta("article:published_time", "2024-05-03T10:00:00Z"))
    assert find(html).published == "2024-05-03T10:00:00+00:00"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-03T10:00:00.123456Z", "2024-05-03T10:00:00+00:00"),
        ("2024-05-03T10:00:00+0200", "2024-05-03T10:00:00+02:00"),
        ("2024-05-03 10:00:00", "2024-05-03T10:00:00"),
        ("2024-05-03T10:00", "2024-05-03T10:00:00"),
        ("20240503T100000Z", "2024-05-03T10:00:00+00:00"),
        ("20240503", "2024-05-03"),
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T00:00:00", "2024-05-03"),
        ("1714730400", "2024-05-03T10:00:00+00:00"),
        ("1714730400000", "2024-05-03T10:00:00+00:00"),
        (1714730400000, "2024-05-03T10:00:00+00:00"),
        ("Fri, 03 May 2024 10:00:00 GMT", "2024-05-03T10:00:00+00:00"),
        ("Fri May 03 2024 10:00:00 GMT+0200 (CEST)", "2024-05-03T10:00:00+02:00"),
        ("Fri May 03 10:00:00 UTC 2024", "2024-05-03T10:00:00+00:00"),
        ("May 3, 2024 10:00 AM", "2024-05-03T10:00:00"),
        ("2024-05-03T10:00:00+02:00[Europe/Vienna]", "2024-05-03T10:00:00+02:00"),
        ("0001-01-01T00:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("1900-01-01", None),
        (0, None),
        (True, None),
        ("2024-13-01", None),
        ("9999-12-31", None),
        ("2031-05-03T10:00:00Z", None),
        ("soon", None),
        ({"@value": "2024-05-03"}, "2024-05-03"),
        (["2024-05-03T10:00:00Z", "x"], "2024-05-03T10:00:00+00:00"),
        ([[]], None),
    ],
)
def test_what_programs_write(written: object, expected: str | None) -> None:
    assert find(page(ld(datePublished=written)), fetched=FETCHED).published == expected, written


@pytest.mark.parametrize(
    "name",
    ["article:published_time", "dcterms.created", "parsely-pub-date", "pubdate", "sailthru.date", "date"],
)
def test_meta_names(name: str) -> None:
    found = find(page(meta(name, "2024-05-03T10:00:00+03:30")))
    assert (found.published, found.published_source) == ("2024-05-03T10:00:00+03:30", "meta"), name


def test_an_unlisted_meta_name_that_says_what_it_is() -> None:
    assert find(page(meta("x:article_publish_date", "2024-05-03"))).published == "2024-05-03"


def test_a_lost_offset_comes_from_a_source_with_the_same_clock() -> None:
    html = page(
        ld(datePublished="2024-05-03T10:00:00") + meta("article:published_time", "2024-05-03T10:00:00+02:00")
    )
    assert find(html).published == "2024-05-03T10:00:00+02:00"


def test_a_lost_offset_comes_from_the_same_moment_in_utc() -> None:
    html = page(
        ld(datePublished="2024-05-03T10:07:31") + meta("article:published_time", "2024-05-03T08:07:31Z")
    )
    assert find(html).published == "2024-05-03T10:07:31+02:00"


def test_a_lost_offset_comes_from_the_printed_zone() -> None:
    html = page(ld(datePublished="2024-05-03T10:00:00"), below="<p>3 May 2024, 10:00 GMT</p>")
    assert find(html).published == "2024-05-03T10:00:00+00:00"


def test_no_offset_is_made_up() -> None:
    html = page(
        ld(datePublished="2024-05-03T10:00:00") + meta("article:published_time", "2024-05-03T08:09:31Z"),
        below="<p>3 May 2024, 10:00 IST</p>",
    )
    assert find(html).published == "2024-05-03T10:00:00"


@pytest.mark.parametrize("midnight", ["2024-05-03", "2024-05-03T00:00:00", "2024-05-03T00:00:00Z"])
def test_a_made_up_midnight_gives_way_to_a_finer_source(midnight: str) -> None:
    html = page(ld(datePublished=midnight), below="<time datetime='2024-05-03T17:21:00+02:00'>3 May</time>")
    assert find(html).published == "2024-05-03T17:21:00+02:00"


def test_utc_of_another_day_is_given_by_the_page_s_own_clock() -> None:
    html = page(ld(datePublished="2024-05-04T02:41:10Z"), below="<p class='date'>May 3, 2024 22:41</p>")
    assert find(html).published == "2024-05-03T22:41:10-04:00"


def test_the_seed_page_with_only_its_printed_line() -> None:
    teasers = "".join(
        f"<li><a href='/en/news/{n}/x'><img alt='T'></a><a href='/en/news/{n}/x'>West made mistakes in its "
        f"relations with the others {n}</a><span>12 March 2022</span></li>"
        for n in range(13)
    )
    html = page(above="<div id='docDiv3Date'>Saturday 12 March 2022 - 06:28</div>").replace(
        "</main>", f"<div class='featured'><ul>{teasers}</ul></div></main>"
    )
    assert find(html, fetched=FETCHED) == DatesFound(
        "2022-03-12T06:28:00", "dom", "Saturday 12 March 2022 - 06:28", None, "dom"
    )


def test_the_seed_page_with_dublin_core() -> None:
    html = page(
        meta("dcterms.created", "2022-03-12T02:58:00Z") + meta("dcterms.modified", "2022-03-12T03:10:00Z"),
        above="<div id='docDiv3Date'>Saturday 12 March 2022 - 06:28</div>",
    )
    assert find(html) == DatesFound(
        "2022-03-12T02:58:00+00:00",
        "meta",
        "Saturday 12 March 2022 - 06:28",
        "2022-03-12T03:10:00+00:00",
        "meta",
    )


def test_the_persian_skin() -> None:
    found = find(page(above="<div>شنبه ۲۲ آذر ۱۴۰۴ ساعت ۱۳:۱۹</div>", lang="fa"))
    assert found.published == "2025-12-13T13:19:00"
    assert found.published_raw == "شنبه ۲۲ آذر ۱۴۰۴ ساعت ۱۳:۱۹"


def test_other_stories_dates_are_not_taken() -> None:
    teaser = (
        "<div class='box'><a href='/en/news/7/x'>Minister resigns over the cost of the new harbour</a>"
        "<span>12 March 2022</span></div>"
    )
    aside = "<aside><p>11 March 2022</p></aside>"
    comment = "<div class='comments'><p>Ann: 10 March 2022</p></div>"
    found = find(page().replace("</main>", teaser + aside + comment + "</main>"), fetched=FETCHED)
    assert found.published is None, found


def test_the_header_s_clock_is_not_taken() -> None:
    html = page().replace("Sunday 1 January 2023", "Saturday 4 May 2024")
    assert find(html, fetched=FETCHED).published is None


def test_prose_that_mentions_a_day_is_not_a_date_line() -> None:
    text = (
        "The harbour had been closed since the storm of 24 February 2022, when two ships ran aground near it."
    )
    assert find(page(below=f"<p>{text}</p>")).published is None


def test_updated_is_not_published() -> None:
    found = find(page(below="<p>Updated 4 May 2024, 08:00 GMT</p>"))
    assert (found.published, found.modified) == (None, "2024-05-04T08:00:00+00:00")


def test_both_in_one_line() -> None:
    found = find(page(below="<p>Published: 3 May 2024 10:00 | Last updated: 4 May 2024 08:00</p>"))
    assert (found.published, found.modified) == ("2024-05-03T10:00:00", "2024-05-04T08:00:00")
    assert found.published_raw == "3 May 2024 10:00"


def test_a_date_in_parts() -> None:
    html = page(below="<div class='meta'><span>3 May</span> <span>2024</span>, <b>10:00</b></div>")
    assert find(html).published == "2024-05-03T10:00:00"


def test_an_update_before_publication_is_none() -> None:
    html = page(ld(datePublished="2024-05-03T10:00:00Z", dateModified="2024-05-01T10:00:00Z"))
    assert find(html).modified is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2024/05/03/bridge", "2024-05-03"),
        ("/2024/may/03/bridge", "2024-05-03"),
        ("/n1/2024/0503/c1-1.html", "2024-05-03"),
        ("/bridge-2024-05-03.html", "2024-05-03"),
        ("/20240503/bridge", "2024-05-03"),
        ("/2024/05/bridge", None),
        ("/news/2024-05-03/from-2023-01-02", None),
        ("/story/120240503999", None),
        ("/2031/05/03/bridge", None),
    ],
)
def test_the_address(path: str, expected: str | None) -> None:
    found = find(page(), url=f"https://news.example{path}", fetched=FETCHED)
    assert (found.published, found.published_source) == (expected, "url" if expected else "dom"), path


def test_the_profile_speaks_first() -> None:
    selectors = Selectors({"published": [".on"], "modified": [".at"]})
    html = page(
        ld(datePublished="2024-05-01"),
        below="<i class='on'>On 3 May 2024 10:00</i><i class='at'>4 May 2024</i>",
    )
    found = find(html, selectors=selectors)
    assert found[:2] == ("2024-05-03T10:00:00", "profile")
    assert found[3:5] == ("2024-05-04", "profile")


def test_day_and_month_by_the_country_of_an_english_host() -> None:
    html = page(below="<p class='date'>03/05/2024 10:00</p>")
    assert find(html, url="https://news.example.co.uk/x").published == "2024-05-03T10:00:00"
    assert find(html).published is None


def test_relative_dates_need_the_time_of_the_fetch() -> None:
    html = page(below="<p class='date'>3 hours ago</p>")
    assert find(html).published is None
    assert find(html, fetched=FETCHED).published == "2024-05-04T06:00:00+00:00"


def test_the_page_s_state_speaks_last_and_of_one_day_only() -> None:
    one = '<script>var state = {"story": {"publishedAt": "2024-05-03T10:00:00Z", "publisher": "The Example"}}</script>'
    found = find(page(one))
    assert (found.published, found.published_source) == ("2024-05-03T10:00:00+00:00", "state")
    assert find(page(one, below="<p class='date'>1 May 2024</p>")).published == "2024-05-01"
    assert find(page(one + one.replace("05-03", "05-02"))).published is None
    escaped = one.replace('"', '\\"').replace("2024-05-03T10:00:00Z", "2024-05-03")
    assert find(page(escaped)).published == "2024-05-03"


def test_an_empty_page() -> None:
    assert find("") == DatesFound(None, "dom", None, None, "dom")


@pytest.mark.parametrize(
    ("language", "published", "modified"),
    [
        ("bg", "Публикувано", "Обновено"),
        ("da", "Udgivet", "Opdateret"),
        ("de", "Erstellt:", "Stand:"),
        ("et", "Avaldatud", "Uuendatud"),
        ("fi", "Julkaistu", "Päivitetty"),
        ("it", "Pubblicato il", "Aggiornato il"),
        ("pl", "Data publikacji:", "Data aktualizacji:"),
        ("tr", "Giriş Tarihi:", "Son Güncelleme:"),
        ("vi", "Đăng ngày", "Cập nhật"),
    ],
)
@pytest.mark.parametrize(
    "shape", ["<p>{0} {2} | {1} {3}</p>", "<p>{0} {2} ({1} {3})</p>", "<p>{1} {3}</p><p>{0} {2}</p>"]
)
def test_labels_tell_the_change_from_the_publication(
    language: str, published: str, modified: str, shape: str
) -> None:
    below = shape.format(published, modified, "03.05.2024 10:15", "04.05.2024 12:30")
    found = find(page(below=below, lang=language))
    assert (found.published, found.modified) == ("2024-05-03T10:15:00", "2024-05-04T12:30:00")


@pytest.mark.parametrize("line", ["Friday, Sept. 15", "15 September, 10:30", "15. September"])
def test_a_day_without_a_year_is_no_date_by_itself(line: str) -> None:
    when = datetime(2024, 12, 1, tzinfo=UTC)
    html = page(above=f"<p class='date'>{line}</p>")
    assert find(html, fetched=when).published is None
    confirmed = find(html, url="https://news.example/2024/09/15/ferry", fetched=when)
    assert confirmed.published is not None, "the address names the year"
    assert confirmed.published[:10] == "2024-09-15"
    assert confirmed.published_raw == line


@pytest.mark.parametrize(
    ("line", "raw"),
    [("Updated Sept. 12, 2006", "Sept. 12, 2006"), ("Zuletzt aktualisiert: 12.09.2006", "12.09.2006")],
)
def test_a_change_is_a_story_s_date_where_no_other_is(line: str, raw: str) -> None:
    found = find(page(above=f"<p class='info'>{line}</p>"))
    assert found.published is None, "pages that are no stories say so too"
    story = found.for_story
    assert (story.published, story.published_source, story.published_raw) == ("2006-09-12", "modified", raw)
    assert story.modified == "2006-09-12"
    both = find(page(above=f"<p class='info'>Published 3 May 2004. {line}</p>"))
    assert both.for_story == both
