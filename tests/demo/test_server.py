"""The demo's server: proxy form, plain form, revalidation, and a clean end."""

import http.client
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from newscrawler.demo import BASE, DemoServer, serve, truth

STORY = next(iter(truth().stories.values()))


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with serve() as running:
        yield running


@pytest.fixture
def client(server: DemoServer) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
    yield connection
    connection.close()


def ask(
    client: http.client.HTTPConnection, target: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    client.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = client.getresponse()
    return response, response.read()


def test_links_follow_the_requested_host(client: http.client.HTTPConnection, server: DemoServer) -> None:
    proxied = ask(client, STORY.url)[1].decode()
    assert f'<link rel="canonical" href="{STORY.url}">' in proxied
    plain = ask(client, urlsplit(STORY.url).path)[1].decode()
    assert f'<link rel="canonical" href="{server.url}{urlsplit(STORY.url).path}">' in plain
    assert f"Sitemap: {BASE}/sitemap.xml" in ask(client, f"{BASE}/robots.txt")[1].decode()


def test_a_strange_host_is_not_repeated(client: http.client.HTTPConnection, server: DemoServer) -> None:
    body = ask(client, "/robots.txt", Host='x"><script>')[1].decode()
    assert f"Sitemap: {server.url}/sitemap.xml" in body


@pytest.mark.parametrize(
    "path", ["/en/", "/en/politics", "/en/rss.xml", "/sitemap-news.xml", urlsplit(STORY.url).path]
)
def test_revalidation(client: http.client.HTTPConnection, path: str) -> None:
    first, body = ask(client, BASE + path)
    assert body
    by_tag, nothing = ask(client, BASE + path, If_None_Match=first.headers["ETag"])
    assert (by_tag.status, nothing) == (304, b"")
    by_date, nothing = ask(client, BASE + path, If_Modified_Since=first.headers["Last-Modified"])
    assert (by_date.status, nothing) == (304, b"")
    other_tag = ask(
        client, BASE + path, If_None_Match='"x"', If_Modified_Since=first.headers["Last-Modified"]
    )[0]
    assert other_tag.status == 200
    assert ask(client, BASE + path, If_Modified_Since="yesterday")[0].status == 200


def test_keeps_the_connection(client: http.client.HTTPConnection) -> None:
    ask(client, BASE + "/en/")
    connection = client.sock
    ask(client, BASE + "/en/no-such-page")
    ask(client, BASE + "/en/")
    assert client.sock is connection


def test_head_has_no_body(client: http.client.HTTPConnection) -> None:
    response, body = ask(client, BASE + "/en/", "HEAD")
    assert (response.status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 1000


def test_only_get_and_head(client: http.client.HTTPConnection) -> None:
    response, _ = ask(client, "/en/comment", "POST")
    assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "target",
    [
        "/en/news/999999/x",
        "/en/politics?page=99",
        "/en/politics?page=x",
        "/en/archive/1/2/3",
        "/en/tag/",
        "//[",
    ],
)
def test_unknown_addresses(client: http.client.HTTPConnection, target: str) -> None:
    assert ask(client, target)[0].status == 404


def test_requests_are_told() -> None:
    asked: list[tuple[str, str]] = []
    with serve(on_request=lambda method, url: asked.append((method, url))) as server:
        client = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
        ask(client, BASE + "/en/?page=1")
        client.close()
    assert asked == [("GET", f"{BASE}/en/?page=1")]


def test_ends_with_connections_open() -> None:
    before = threading.active_count()
    with serve() as server:
        client = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
        ask(client, "/en/")
        port = urlsplit(server.url).port
    assert client.sock.recv(1) == b""
    client.close()
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", port))
    deadline = threading.Event()
    for _ in range(100):
        if threading.active_count() <= before:
            break
        deadline.wait(0.05)
    assert threading.active_count() <= before


def test_port_taken(server: DemoServer) -> None:
    with pytest.raises(OSError, match="in use"):
        DemoServer(urlsplit(server.url).port)
