"""Facts of URLs of every form: never an error, the same by every way."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.discovery.urls.canonical_url import MAX_LENGTH, url_key
from newscrawler.discovery.urls.canonicalizer import UrlCanonicalizer
from newscrawler.discovery.urls.url_facts import facts_of, facts_of_key
from newscrawler.discovery.urls.url_patterns import shape_of

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


@settings(max_examples=1000, deadline=None)
@given(urls)
def test_a_key_is_its_own_key_and_has_the_facts_of_its_url(url: str) -> None:
    facts = facts_of(url)
    assert facts.key == (url_key(url) or "")
    if facts.key:
        assert facts == facts_of(facts.key) == facts_of_key(facts.key)
        assert facts.url_pattern == shape_of(facts.key)


@given(st.text(), st.text())
def test_any_text_has_facts(text: str, more: str) -> None:
    for url in (text, f"https://example.org/{text}", f"https://example.org/a/{text}/{more}?{text}"):
        assert facts_of(url).key == (url_key(url) or "")


@given(st.lists(urls, max_size=40))
def test_a_page_is_known_by_one_key_whether_asked_once_or_twice(some: list[str]) -> None:
    canonicalizer = UrlCanonicalizer([re.compile(r"/news/(?P<id>\d+)(?:/.*)?")])
    canonicalizer.ignore_parameter("id")
    canonicalizer.observe(some)
    for url in some:
        page = canonicalizer.page(url)
        assert canonicalizer.page(url) is page
        assert (page.key or None) == canonicalizer.key(url)
        assert page.number == facts_of(url).number
        assert page.url_pattern == (shape_of(page.key) if page.key else "")


def test_a_url_that_is_too_long_has_no_key() -> None:
    assert facts_of("https://example.org/a/" + "x" * (MAX_LENGTH - 22)).key
    assert not facts_of("https://example.org/a/" + "x" * (MAX_LENGTH - 21)).key
