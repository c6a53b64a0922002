"""The generated news site does what its users in other tests rely on."""

import gzip
import http.client
import re
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from tests.newssite import (
    BlockPage,
    Delay,
    Drip,
    Drop,
    Endless,
    GzipBomb,
    LoginWall,
    NewsSite,
    Status,
    Truncate,
)


class Client:
    """One kept-alive connection."""

    def __init__(self, site: NewsSite) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(site.proxy).netloc, timeout=20)
        self._site = site

    def get(self, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        target = (
            path
            if not path.startswith("http") or self._site.proxy not in path
            else path[len(self._site.proxy) :]
        )
        self._connection.request("GET", target, headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = self._connection.getresponse()
        return response, response.read()

    def close(self) -> None:
        self._connection.close()


@pytest.fixture
def client_of() -> Iterator[object]:
    clients: list[Client] = []

    def make(site: NewsSite) -> Client:
        clients.append(Client(site))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


def walk(site: NewsSite, client: Client, start: str, *, limit: int = 4000) -> set[str]:
    """Every address of the site that pages link, traps left alone."""
    todo, seen = [start], set()
    while todo:
        url = todo.pop()
        if url in seen or not url.startswith(site.base) or len(seen) > limit:
            continue
        seen.add(url)
        response, body = client.get(url)
        if response.status == 200 and response.headers["Content-Type"].startswith("text/html"):
            todo += [urljoin(url, href) for href in html.fromstring(body).xpath("//body//a/@href")]
    return seen


@pytest.mark.parametrize("shape", ["id", "date", "slug", "query"])
def test_every_story_has_its_one_way(shape: str, client_of) -> None:
    with NewsSite(120, shape, sitemap_only=3, feed_only=3, related_only=3, same_title=2, recurring=2) as site:
        client = client_of(site)
        truth = site.truth()
        assert len(truth) == 120 + 3 + 3 + 3 + 2 + 2
        linked = walk(site, client, site.url)
        assert {story.via for url, story in truth.items() if url not in linked} == {"sitemap", "feed"}
        assert {url for url, story in truth.items() if story.via in ("listing", "related")} <= linked
        index = client.get("/sitemap.xml")[1].decode()
        sitemaps = b"".join(
            gzip.decompress(client.get(url)[1]) for url in re.findall("<loc>(.*?)</loc>", index)
        )
        in_sitemap = {url.replace("&amp;", "&") for url in re.findall("<loc>(.*?)</loc>", sitemaps.decode())}
        assert in_sitemap == {url for url, story in truth.items() if story.via in ("listing", "sitemap")}
        for feed, address in (("/feed.xml", "<link>(.*?)</link>"), ("/atom.xml", 'link href="(.*?)"')):
            in_feed = {url.replace("&amp;", "&") for url in re.findall(address, client.get(feed)[1].decode())}
            assert {url for url, story in truth.items() if story.via == "feed"} <= in_feed, feed
        fresh = client.get("/news.xml")[1].decode()
        assert 40 <= fresh.count("<news:title>") <= 60
        assert f"Sitemap: {site.base}/sitemap.xml" in client.get("/robots.txt")[1].decode()


def test_page_says_what_the_truth_says(client_of) -> None:
    with NewsSite(30) as site:
        for url, story in site.truth().items():
            page = html.fromstring(client_of(site).get(url)[1])
            assert page.xpath("string(//h1)") == story.title
            assert [p.text_content() for p in page.xpath("//div[@class='story-text']/p")] == story.paragraphs
            assert page.xpath("//a[@rel='tag']/text()") == story.tags
            assert page.xpath("//article/time/@datetime") == [story.published.replace(tzinfo=UTC).isoformat()]
            assert page.xpath("//link[@rel='canonical']/@href") == [url]


def test_same_seed_same_site() -> None:
    def told(seed: int) -> list[tuple[str, str]]:
        site = NewsSite(20, seed=seed, same_title=1, host="a.example")
        return [(url, story.body) for url, story in site.truth().items()]

    assert told(3) == told(3)
    assert told(3) != told(4)


def test_changes_at_run_time(client_of) -> None:
    with NewsSite(40) as site:
        client = client_of(site)
        front, _ = client.get("/")
        (story,) = site.add()
        url = next(url for url, known in site.truth().items() if known is story)
        assert story.title in client.get("/", If_None_Match=front.headers["ETag"])[1].decode()
        before, _ = client.get(url)
        site.edit(title=True)
        assert story.url == url
        assert url in site.truth()
        since = client.get(url, If_Modified_Since=before.headers["Last-Modified"])
        assert since[0].status == 200
        assert story.title.endswith("after all")
        assert story.paragraphs[-1] in html.fromstring(since[1]).text_content()
        site.break_layout()
        assert story.paragraphs[0] not in client.get(url)[1].decode()
        site.break_layout(False)
        assert client.get(url)[0].status == 200
        assert site.remove() == [story]
        assert client.get(url)[0].status == 404


def test_revalidation(client_of) -> None:
    with NewsSite(30) as site, NewsSite(30, etags=False, last_modified=False) as bare:
        for path in (
            "/",
            "/en/politics",
            "/feed.xml",
            "/sitemap-1.xml.gz",
            urlsplit(next(iter(site.truth()))).path,
        ):
            client = client_of(site)
            first, _ = client.get(path)
            assert client.get(path, If_None_Match=first.headers["ETag"])[0].status == 304, path
            assert client.get(path, If_Modified_Since=first.headers["Last-Modified"])[0].status == 304, path
            assert client.get(path, If_None_Match='"other"')[0].status == 200, path
            assert not {"etag", "last-modified"} & {
                name.lower() for name in client_of(bare).get(path)[0].headers
            }


@pytest.mark.parametrize(
    ("trap", "prefix"),
    [
        ("calendar", "/events/"),
        ("facets", "/find"),
        ("sessions", "/visit"),
        ("repeating", "/guide/"),
        ("depth", "/tree/"),
    ],
)
def test_traps_never_end(trap: str, prefix: str, client_of) -> None:
    with NewsSite(10, traps=[trap]) as site:
        client, url, seen = client_of(site), site.url, set()
        for _ in range(60):
            hrefs = [
                urljoin(url, href) for href in html.fromstring(client.get(url)[1]).xpath("//main//a/@href")
            ]
            fresh = [href for href in hrefs if urlsplit(href).path.startswith(prefix) and href not in seen]
            assert fresh, f"{trap} ends at {url}"
            url = fresh[-1]
            seen.add(url)
        assert site.trap_requests()[trap] == 59


def test_variants_are_one_story(client_of) -> None:
    variants = ("tracking", "slash", "print", "amp", "index", "www", "mobile")
    with NewsSite(12, host="big-news.example", variants=variants) as site:
        client = client_of(site)
        url = max(site.truth(), key=lambda known: site.truth()[known].published)
        front = html.fromstring(client.get(site.url)[1])
        addresses = {
            urljoin(site.url, href) for href in front.xpath("//main//a/@href") if url.split("/")[5] in href
        }
        page = html.fromstring(client.get(url)[1])
        addresses |= {
            urljoin(url, href)
            for href in page.xpath("//link[@rel='amphtml']/@href | //a[@class='print']/@href")
        }
        assert len(addresses) == 7
        for address in addresses:
            twin = html.fromstring(client.get(address)[1])
            assert twin.xpath("//link[@rel='canonical']/@href") == [url], address
        assert site.fetches() == {url: 8}
        assert client.get("http://big-news.example/index.html")[1] == client.get(site.url)[1]


def test_robots(client_of) -> None:
    with NewsSite(5, crawl_delay=2, request_rate="1/5", disallow=["/en/sport"]) as site:
        text = client_of(site).get("/robots.txt")[1].decode()
        assert {"User-agent: *", "Disallow: /en/sport", "Crawl-delay: 2", "Request-rate: 1/5"} <= set(
            text.split("\n")
        )
        site.fault("^/robots.txt$", Status(503))
        assert client_of(site).get("/robots.txt")[0].status == 503
    with NewsSite(5, robots="User-agent: *\nDisallow: /\n") as site:
        assert client_of(site).get("/robots.txt")[1] == b"User-agent: *\nDisallow: /\n"


def test_refusals_and_their_end(client_of) -> None:
    with NewsSite(5) as site:
        client = client_of(site)
        site.fault("^/$", Status(429, retry_after=3), times=1)
        site.fault("^/$", Status(503, retry_after=3, retry_form="date"), times=1)
        first, second, third = (client.get("/")[0] for _ in range(3))
        assert (first.status, first.headers["Retry-After"]) == (429, "3")
        wait = parsedate_to_datetime(second.headers["Retry-After"]) - datetime.now(UTC)
        assert second.status == 503
        assert 1 < wait.total_seconds() <= 4
        assert third.status == 200
        assert [request.status for request in site.log] == [429, 503, 200]


def test_log(client_of) -> None:
    with NewsSite(5) as site:
        before = time.time()
        client_of(site).get("/en/politics?page=9", X_Who="me")
        (request,) = site.log
        assert (request.method, request.path, request.status) == ("GET", "/en/politics?page=9", 404)
        assert request.headers["x-who"] == "me"
        assert before <= request.time <= time.time()


def test_rate_hits_a_share(client_of) -> None:
    with NewsSite(5) as site:
        site.fault("^/", Status(500), rate=0.25)
        client = client_of(site)
        statuses = [client.get("/")[0].status for _ in range(200)]
        assert 30 <= statuses.count(500) <= 70
        site.clear_faults()
        assert client.get("/")[0].status == 200


def test_dropped_and_cut_short(client_of) -> None:
    with NewsSite(5) as site:
        site.fault("^/drop", Drop())
        site.fault("^/$", Truncate(), times=1)
        with pytest.raises(http.client.RemoteDisconnected):
            client_of(site).get("/drop")
        assert site.log[-1].status == 0
        with pytest.raises(http.client.IncompleteRead):
            client_of(site).get("/")
        assert client_of(site).get("/")[0].status == 200


def test_slow_answers(client_of) -> None:
    with NewsSite(5) as site:
        site.fault("^/$", Delay(0.3), times=1)
        site.fault("^/robots.txt$", Drip(0.01, 20))
        plain = client_of(site)
        started = time.monotonic()
        assert b"The Daily Strait" in plain.get("/")[1]
        assert time.monotonic() - started >= 0.3
        assert plain.get("/robots.txt")[1].startswith(b"User-agent")


def test_walls_are_served_as_200(client_of) -> None:
    with NewsSite(5) as site:
        site.fault("^/en/news/700001", BlockPage())
        site.fault("^/en/news/700002", LoginWall())
        blocked, wall = (client_of(site).get(f"/en/news/{number}/x") for number in (700001, 700002))
        assert (blocked[0].status, wall[0].status) == (200, 200)
        assert b"CAPTCHA" in blocked[1]
        assert b'type="password"' in wall[1]


def test_endless_and_bomb(client_of) -> None:
    with NewsSite(5) as site:
        site.fault("^/endless", Endless(limit=3_000_000))
        site.fault("^/bomb", GzipBomb(megabytes=20))
        with pytest.raises(http.client.IncompleteRead) as error:
            client_of(site).get("/endless")
        assert len(error.value.partial) >= 3_000_000
        response, body = client_of(site).get("/bomb")
        assert response.headers["Content-Encoding"] == "gzip"
        assert len(body) < 200_000
        assert len(gzip.decompress(body)) > 20_000_000


def test_wrong_options() -> None:
    with pytest.raises(ValueError, match="unknown traps"):
        NewsSite(5, traps=["abyss"])
    with pytest.raises(ValueError, match="need a host"):
        NewsSite(5, variants=["www"])


def test_changes_never_show_half_done(client_of) -> None:
    with NewsSite(200) as site:
        client, done = client_of(site), threading.Event()

        def change() -> None:
            for _ in range(20):
                site.add()
            done.set()

        changing = threading.Thread(target=change)
        changing.start()
        paths = [urlsplit(url).path for url in list(site.truth())[:5]] + ["/", "/en/politics", "/archive"]
        statuses = {client.get(path)[0].status for path in paths}
        while not done.is_set():
            statuses |= {client.get(path)[0].status for path in paths}
        changing.join()
        assert statuses == {200}
        assert len(site.truth()) == 220
