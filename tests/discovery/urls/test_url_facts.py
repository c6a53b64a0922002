"""What a URL says by its directory is what its key says when it is read at length."""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from w3lib.url import canonicalize_url

from newscrawler.discovery.frontier.candidates import Candidate
from newscrawler.discovery.frontier.freshness import period_in_url
from newscrawler.discovery.frontier.url_filter import UrlFilter
from newscrawler.discovery.urls.canonical_url import MAX_LENGTH, escaped, url_key
from newscrawler.discovery.urls.canonicalizer import UrlCanonicalizer
from newscrawler.discovery.urls.scope import Scope
from newscrawler.discovery.urls.story_numbers import story_number_of
from newscrawler.discovery.urls.traps import trap_in
from newscrawler.discovery.urls.url_facts import Address, AddressKind, address_of
from newscrawler.discovery.urls.url_patterns import shape_of
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.links.link_extractor import find_links

SAVED = Path(__file__).parents[3].parent / "shared"
SEGMENTS = """
    a news politics en fr en-gb login LOGIN search amp AMP x.amp x-amp x.amp.html a-b-c-amp print share
    index.html index.php default.aspx index a.pdf a.PDF photo.jpg story.html STORY.HTML a-b-c-d a-b-c-d.html
    a-b-c-d.htm a-b-c-d.HTML a-b--c-d -a-b-c-d a-b-c-d- a_b_c_d a-b_c-d a+b+c+d a.b.c.d a~b 1-2-3-4 2026
    1999 1850 2101 11 23 7 2026-11-23 2026-11 20261123 20261123-slug 2026-slug-of-it 202611 1123-slug
    23-slug 11-23 983389 983389-a-slug a-slug-983389 a-slug-983389.html 983389.html 983389-a.html
    12345678901234567890 1234 12345 abc123 ABCDEF12 f297-archiv 0123456789abcdef01234567
    abcdefabcdefabcdefabcdefab deadbeefdeadbeefdeadbeef page tag p author . .. .hidden a. x;y=1
    a;jsessionid=AB a%20b %D8%A7%D8%A8 %d8%a7 %41 %2F %zz é نوشته a|b a[b] a'b(c) !$&*,:=@ wp-login.php feed
    rss.xml this-is-a-very-long-segment-of-more-than-sixty-characters-without-end
    thisthisthisthisthisthisthisthisthisthisthisthisthisthisthisthisthisthis"""
QUERIES = """
    ? ?id=123 ?page=2 ?p=1 ?utm_source=x ?utm_source=x&id=4 ?amp=1 ?m=1 ?m=0 ?print ?sort=a ?a=1&b[]=2
    ?a=1&filter=2 ?b=2&a=1 ?a=%20 ?a=x+y ?u=/2026/11/23/ ?u=https://example.org/a ?a=1#x #x #!/x ?a=b=c ?&&
    ?PHPSESSID=0123456789abcdef0123456789abcdef ?a1=1&b1=2&c1=3&d1=4&e1=5&f1=6&g1=7&h1=8&i1=9&j1=10"""
ORIGINS = """
    https://example.org http://www.example.org https://m.example.org https://amp.example.org
    https://news.example.org https://example.org:443 http://example.org:8080 http://example.org:0
    http://example.org:99999 HTTPS://Example.org https://example.org. https://ex..org http://127.0.0.1:8000
    http://[::1] http://localhost https://пример.рф https://user:pw@example.org https://18.example.org
    ftp://example.org http://1.2.3.4"""
paths = st.lists(st.sampled_from([*SEGMENTS.split(), ""]), max_size=6).map("/".join)
urls = st.tuples(
    st.sampled_from(ORIGINS.split()),
    st.sampled_from(["/", "/", "/", ""]),
    paths,
    st.sampled_from(["", "/"]),
    st.sampled_from(["", "", *QUERIES.split()]),
).map("".join)


def read_at_length(url: str) -> tuple[Any, ...]:
    key = url_key(url)
    if key is None:
        return "", "", None, None, None
    return key, shape_of(key), trap_in(key), period_in_url(key), story_number_of(key)


def at_length(url: str) -> Address:
    key, url_pattern, trap, period, number = read_at_length(url)
    return Address(key, AddressKind(url_pattern, trap, period), number)


def told(address: Address) -> tuple[object, ...]:
    kind = address.kind
    return address.key, kind.shape, kind.trap, kind.period, address.number


@settings(max_examples=1000, deadline=None)
@given(urls)
def test_what_directories_say_is_what_keys_say(url: str) -> None:
    assert told(address_of(url)) == read_at_length(url)


@given(st.text(), st.text())
def test_any_text_is_read(text: str, more: str) -> None:
    for url in (text, f"https://example.org/{text}", f"https://example.org/a/{text}/{more}?{text}"):
        assert told(address_of(url)) == read_at_length(url)


@pytest.mark.parametrize(
    ("start", "scope"),
    [
        ("https://example.org/", "site"), ("https://www.example.org/en/", "site"), ("https://example.org/", "host"),
        ("https://example.org/", "/en/"), ("https://example.org/", "/a/news"), ("http://127.0.0.1:8000/", "site"),
    ],
)  # fmt: skip
@settings(max_examples=200, deadline=None)
@given(url=urls, foreign=st.booleans())
def test_scope_of_a_kind_is_scope_of_the_url(start: str, scope: str, url: str, foreign: bool) -> None:
    judge = Scope([start], scope)
    admission = UrlFilter(judge, None, None, datetime(2026, 11, 26, tzinfo=UTC))
    for _ in range(2):
        assert judge.page_refusal(url, address_of(url).kind) == judge.refusal(url)
        assert admission.off_site(url) == (judge.source_refusal(url) in ("offsite", "host"))
        candidate = Candidate(url, "listing", key=address_of(url).key)
        assert admission.refusal(candidate, address_of(url).kind) == admission.refusal(
            candidate, at_length(url).kind
        )
        if foreign:
            judge.learn_languages(
                start, {"en": start, "fr": "https://example.org/fr/", "de": "https://de.example.org/"}
            )


@pytest.mark.skipif(not (SAVED / "pages").is_dir(), reason="the saved pages are not here")
def test_saved_pages_links_are_read_as_at_length() -> None:
    checked = 0
    for row in (SAVED / "pages" / "manifest.jsonl").read_text(encoding="utf-8").splitlines()[::4]:
        page = json.loads(row)
        if not page["url"].startswith("http"):
            continue
        document = Document(
            gzip.decompress((SAVED / "pages" / page["html"]).read_bytes()), page["url"], "text/html"
        )
        scope = Scope([page["url"]])
        for link in find_links(document):
            address = address_of(link.url)
            assert told(address) == read_at_length(link.url)
            assert scope.page_refusal(link.url, address.kind) == scope.refusal(link.url)
            checked += 1
    assert checked > 5000


@given(st.lists(urls, max_size=40))
def test_a_page_is_known_by_one_key_whether_asked_once_or_twice(some: list[str]) -> None:
    identity = UrlCanonicalizer([re.compile(r"/news/(?P<id>\d+)(?:/.*)?")])
    identity.ignore_parameter("id")
    identity.observe(some)
    for url in some:
        page = identity.page(url)
        assert identity.page(url) is page
        assert (page.key or None) == identity.key(url)
        assert page.number == address_of(url).number
        assert (page.kind.shape == shape_of(page.key)) if page.key else page.kind.shape == ""


def test_a_url_that_is_too_long_has_no_key() -> None:
    assert address_of("https://example.org/a/" + "x" * (MAX_LENGTH - 22)).key
    assert not address_of("https://example.org/a/" + "x" * (MAX_LENGTH - 21)).key


BEYOND = ["a", "b-c", "ü", "نو", "новость", "記事", "%D8%A7", "%d8%a7", "%e9", "%41", "%zz", "%2F", "%20"]
BEYOND += ["\xa0", "\u200c", "\u2028", "\ud800"]


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from(BEYOND), min_size=1, max_size=8).map("".join),
    st.sampled_from(["", "/", "/x", "?id=%D8%a7", "#x"]),
)
def test_a_path_beyond_ascii_is_escaped_as_w3lib_does(path: str, end: str) -> None:
    url = f"https://example.org/a/{path}{end}"
    plain = escaped(url)
    assert url_key(plain) == url_key(url)
    try:
        canonical = canonicalize_url(url.strip())
    except (ValueError, UnicodeError):
        assert plain == url
        return
    if plain != url:
        assert canonical.startswith(plain.partition("?")[0])
    assert url_key(url) == url_key(canonical)
    assert told(address_of(url)) == read_at_length(url)
