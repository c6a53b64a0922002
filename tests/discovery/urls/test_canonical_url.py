import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from w3lib.url import canonicalize_url

from newscrawler.discovery.urls.canonical_url import url_key
from newscrawler.discovery.urls.canonicalizer import UrlCanonicalizer

KEY = "https://example.org/en/news/983389/slug"
TWINS = [
    "http://example.org/en/news/983389/slug",
    "https://www.example.org/en/news/983389/slug/",
    "https://m.example.org/en/news/983389/slug",
    "https://amp.example.org/en/news/983389/slug",
    "HTTPS://Example.ORG:443/en/news/983389/slug",
    "http://example.org:80/en/news/983389/slug#comments",
    "https://example.org/en/news/983389/slug?utm_source=x&fbclid=y&ref=home",
    "https://example.org/en/news/983389/slug/amp",
    "https://example.org/en/news/983389/slug/amp/",
    "https://example.org/amp/en/news/983389/slug",
    "https://example.org/en/news/983389/slug?amp=1",
    "https://example.org/en/news/983389/slug?amp",
    "https://example.org/en/news/983389/slug?outputType=amp",
    "https://example.org/en/news/983389/slug/print",
    "https://example.org/en/news/983389/slug?print=1",
    "https://example.org/en/news/983389/slug?share=twitter",
    "https://example.org/en/news/983389/slug/index.html",
    "https://example.org/en//news/./983389/x/../slug;jsessionid=AB12",
    "https://example.org/en/news/983389/slug?PHPSESSID=0123456789abcdef0123456789abcdef",
]
DIFFERENT = [
    "https://example.org/2026/11/23/slug",
    "https://example.org/2026/11/24/slug",
    "https://example.org/2026/11/slug",
    "https://example.org/page/2",
    "https://example.org/page/3",
    "https://example.org/?p=2",
    "https://example.org/?p=3",
    "https://example.org/print",
    "https://example.org/politics",
    "https://example.org/print/politics",
    "https://news.example.org/politics",
    "https://example.org:8080/politics",
    "https://example.org/archive?y=2026&m=1",
    "https://example.org/archive?y=2026&m=2",
    "https://example.co.uk/politics",
    "https://example.org/news?id=1&s=2",
]


@pytest.mark.parametrize("twin", TWINS)
def test_twins_have_one_key(twin: str) -> None:
    assert url_key(twin) == KEY


def test_different_pages_have_different_keys() -> None:
    keys = [url_key(url) for url in DIFFERENT]
    assert None not in keys
    assert len(set(keys)) == len(DIFFERENT)


@pytest.mark.parametrize(
    "url",
    ["http://[bad", "", "/relative", "mailto:a@example.org", "javascript:void(0)", "ftp://example.org/a",
     "http://example.org:99999/", "http:///x", "http://a b/", "http://ex..org/", "https://example.org/" + "x" * 2000],
)  # fmt: skip
def test_malformed_urls_have_no_key(url: str) -> None:
    assert url_key(url) is None


def test_hosts_of_other_scripts_and_addresses() -> None:
    assert url_key("http://بازار.ایران/é") == url_key("http://xn--mgbab2bd.xn--mgba3a4f16a/%C3%A9")
    assert url_key("http://127.0.0.1:8000/a/") == "https://127.0.0.1:8000/a"
    assert url_key("http://[::1]/a") == "https://[::1]/a"
    assert url_key("http://localhost:8000/") == "https://localhost:8000"


pieces = st.lists(
    st.sampled_from(
        ["http://", "https://", "www.", "m.", "amp.", "example", ".org", ".co.uk", ":80", ":x", "/", "//", "..", "amp",
         ".amp", "print", "index.html", "983389", "2026", "é", "%", "%2f", "%zz", "?", "&", "=", "a=b", "utm_source=x",
         "#", "#!", ";jsessionid=1", "[", "]", "@", " ", "\x00", "a-b-c-d", "share", "/amp", "/print", "m=1", "\ud800"]
    ),
    max_size=14,
)  # fmt: skip


@given(st.one_of(pieces.map("".join), pieces.map(lambda p: "https://example.org/" + "".join(p)), st.text()))
def test_never_raises_and_a_key_is_its_own_key(url: str) -> None:
    key = url_key(url)
    assert key is None or url_key(key) == key, f"key of {key!r} is {url_key(key)!r}"


@given(st.lists(pieces.map(lambda p: "https://example.org/" + "".join(p)), max_size=30))
def test_identity_never_raises(urls: list[str]) -> None:
    canonicalizer = UrlCanonicalizer()
    canonicalizer.observe(urls)
    for url in urls:
        assert (canonicalizer.key(url) is None) == (url_key(url) is None)


def numbered(count: int, form: str) -> list[str]:
    return [form.format(number=983000 + 7 * i, slug=f"slug-of-{i}") for i in range(count)]


@pytest.mark.parametrize(
    "form",
    ["https://example.org/en/news/{number}/{slug}", "https://example.org/news/{slug}-{number}.html",
     "https://example.org/news/{number}-{slug}"],
)  # fmt: skip
def test_the_number_is_the_key_once_the_site_has_shown_it(form: str) -> None:
    canonicalizer = UrlCanonicalizer()
    one, other = form.format(number=983389, slug="any-slug"), form.format(number=983389, slug="other-words")
    assert canonicalizer.key(one) != canonicalizer.key(other)
    canonicalizer.observe(numbered(10, form))
    assert (
        canonicalizer.key(one)
        == canonicalizer.key(other)
        == canonicalizer.key(canonicalizer.key(other) or "")
    )


def test_print_twin_without_slug_is_the_same_story() -> None:
    canonicalizer = UrlCanonicalizer()
    canonicalizer.observe(numbered(10, "https://example.org/en/news/{number}/{slug}"))
    assert canonicalizer.key("https://example.org/en/news/983389/print") == canonicalizer.key(
        "https://example.org/en/news/983389/slug/"
    )


@pytest.mark.parametrize(
    "urls",
    [
        [f"https://example.org/2026/11/slug-{i}" for i in range(40)],
        [f"https://example.org/page/{1000 + i}" for i in range(40)],
        [f"https://example.org/{20261101 + i // 3}/slug-{i}" for i in range(40)],
        [f"https://example.org/section/{10000 + i % 9}/slug-{i}" for i in range(60)],
        [f"https://example.org/news/{1000 + i}/{part}" for i in range(20) for part in (2, 3)],
    ],
    ids=["year and month", "page number", "date", "section number", "further pages"],
)
def test_numbers_that_are_not_the_story_merge_nothing(urls: list[str]) -> None:
    canonicalizer = UrlCanonicalizer()
    canonicalizer.observe(urls)
    assert len({canonicalizer.key(url) for url in urls}) == len(set(urls))


def test_giving_up_a_belief_is_told() -> None:
    canonicalizer = UrlCanonicalizer()
    urls = [f"https://example.org/section/{10000 + i}/first" for i in range(9)]
    canonicalizer.observe(urls)
    assert canonicalizer.key(urls[0]) == "https://example.org/section/10000"
    before = canonicalizer.revision
    canonicalizer.observe(f"https://example.org/section/{10000 + i % 9}/slug-{i}" for i in range(40))
    assert canonicalizer.revision > before
    assert canonicalizer.key(urls[0]) == urls[0]


def test_a_profile_names_the_number() -> None:
    import re

    canonicalizer = UrlCanonicalizer([re.compile(r"/en/[a-z]+/(?P<id>\d+)(?:/[^/]*)?/?")])
    assert canonicalizer.key("https://www.example.org/en/news/12/a") == "https://example.org/en/news/12"


def test_canonical_is_believed_only_when_plausible() -> None:
    canonicalizer = UrlCanonicalizer()
    story = "https://example.org/a/story-one"
    assert canonicalizer.canonical_key(story, "https://www.example.org/b/story-one", "One") == (
        "https://example.org/b/story-one"
    )
    assert canonicalizer.canonical_key(story, "https://other.org/b/story-one", "One") is None
    assert canonicalizer.canonical_key(story, "https://example.org/", "One") is None
    assert canonicalizer.canonical_key(story, "http://[bad", "One") is None
    assert canonicalizer.canonical_key(story, None, "One") is None


def test_canonical_shared_by_different_stories_is_not_believed() -> None:
    canonicalizer = UrlCanonicalizer()
    shared = "https://example.org/news/template"
    assert canonicalizer.canonical_key("https://example.org/a/one", shared, "One") == shared
    assert canonicalizer.canonical_key("https://example.org/a/one-again", shared, "One") == shared
    assert canonicalizer.canonical_key("https://example.org/a/two", shared, "Two") is None
    assert canonicalizer.canonical_key("https://example.org/a/one", shared, "One") is None


def test_what_was_learned_gives_the_same_keys_from_the_first_url_on():
    first = UrlCanonicalizer()
    first.observe(f"https://a.example/news/70{number:04}/slug-of-{number}" for number in range(20))
    first.ignore_parameter("from")
    url = "https://a.example/news/700099/a-slug?from=x"
    later = UrlCanonicalizer(learned=json.loads(json.dumps(first.learned())))
    assert later.key(url) == first.key(url) == "https://a.example/news/700099"
    assert UrlCanonicalizer().key(url) != first.key(url)


def test_a_belief_given_up_is_not_taken_up_by_a_later_run():
    first = UrlCanonicalizer()
    first.observe(f"https://a.example/news/2026/slug-of-{number}" for number in range(20))
    later = UrlCanonicalizer(learned=first.learned())
    one, other = (later.key(f"https://a.example/news/2026/slug-of-{number}") for number in (1, 2))
    assert one != other


pieces = st.sampled_from(
    ["a", "A", "/", "//", "/./", "/../", ".", "-", "%D8%A7", "%d8", "%41", "%2F", "?", "&", "=", "k=v",
     "utm_source=x", "/amp", "/print", "1234", "/index.php", ";jsessionid=1", "+", ":", "@", "'", "(", "!", ",", "b=2",
     "a=1", "print=1", "é", "%", "[", "ref=home", "/en/news/983389/slug-of-the-story"]
)  # fmt: skip
hosts = st.sampled_from(
    ["example.org", "www.example.org:80", "m.example.org:8080", "amp.example.org", "1.2.3.4", "a..b"]
)


@given(hosts, st.lists(pieces, max_size=8))
def test_plain_addresses_get_the_key_that_the_long_way_gives(host: str, path: list[str]) -> None:
    """A fragment, which says nothing, takes the long way."""
    url = f"https://{host}/{''.join(path)}"
    assert url_key(url) == url_key(f"{url}#x")


BEYOND = ["a", "b-c", "ü", "نو", "новость", "記事", "%D8%A7", "%d8%a7", "%e9", "%41", "%zz", "%2F", "%20"]
BEYOND += ["\xa0", "\u200c", "\u2028", "\ud800"]


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from(BEYOND), min_size=1, max_size=8).map("".join),
    st.sampled_from(["", "/", "/x", "?id=%D8%a7", "#x"]),
)
def test_a_path_beyond_ascii_is_escaped_as_w3lib_does(path: str, end: str) -> None:
    url = f"https://example.org/a/{path}{end}"
    try:
        canonical = canonicalize_url(url.strip())
    except (ValueError, UnicodeError):
        assert url_key(url) is None
        return
    assert url_key(url) == url_key(canonical)
