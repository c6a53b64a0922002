"""Nothing on a page chooses an address to connect to, and nothing that a server does holds the crawl up."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.crawls import running
from tests.crawls.running import crawl
from tests.newssite import Drip, Drop, Endless, GzipBomb, NewsSite, Status, Truncate

FAST = {**running.FAST, "DOWNLOAD_DELAY": 0.01}
STORIES = 6


class Handler(BaseHTTPRequestHandler):
    """Answers from the server's `pages`, notes every path in its `log`."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.log.append(self.path)
        status, headers, body = self.server.pages.get(self.path, (404, {}, b"<h1>Not found</h1>"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def serve():
    """Starts servers that serve a dict of path -> (status, headers, body); they tell what they were asked."""
    servers = []

    def start(pages=None):
        server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)
        server.pages, server.log = pages or {}, []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def story(number):
    text = "".join(
        f"<p>The ferry number {number} left the harbour on time, said the crew of boat {number}{n}.</p>"
        for n in range(8)
    )
    page = (
        f"<html><head><title>Ferry number {number} leaves the old harbour on time</title>"
        '<meta property="og:type" content="article"></head><body><article>'
        f"<h1>Ferry number {number} leaves the old harbour on time</h1>"
        f'<time datetime="2026-11-2{number % 3}T10:00:00Z">x</time>{text}</article></body></html>'
    )
    return 200, {"Content-Type": "text/html"}, page.encode()


def front(links):
    items = "".join(f'<li><h2><a href="{url}">{title}</a></h2></li>' for url, title in links)
    page = f"<html><head><title>Front</title></head><body><main><h1>Front</h1><ul>{items}</ul></main></body></html>"
    return 200, {"Content-Type": "text/html"}, page.encode()


def test_no_notation_of_a_private_address_is_connected_to(tmp_path, serve):
    """By links and by redirects; the second server listens on every address of this machine."""
    private = serve({"/secret": story(99)})
    port = private.server_address[1]
    hosts = [
        "127.0.0.1",
        "127.0.0.2",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::ffff:127.0.0.1]",
    ]
    hosts += ["[::1]", "localhost", "localhost.localdomain", "0.0.0.0", "169.254.169.254", "10.0.0.1"]
    targets = [f"http://{host}:{port}/secret" for host in hosts]
    targets += ["file:///etc/passwd", f"ftp://127.0.0.1:{port}/secret", "data:text/html,<h1>Secret</h1>"]
    site = serve()
    base = f"http://127.0.0.1:{site.server_address[1]}"
    links = [(f"/news/10{n}", f"Ferry number {n} leaves the old harbour on time") for n in range(STORIES)]
    for n, target in enumerate(targets):
        links += [(target, f"Secret of the old harbour number {n}")]
        links += [(f"/news/20{n}", f"Redirect from the old harbour number {n}")]
        site.pages[f"/news/20{n}"] = (302, {"Location": target}, b"")
    site.pages["/"] = front(links)
    site.pages |= {f"/news/10{n}": story(n) for n in range(STORIES)}
    run = crawl(tmp_path, "-a", f"url={base}/", settings=FAST)
    assert private.log == []
    assert {f"/news/20{n}" for n in range(len(targets))} <= set(site.log), "not all redirects were met"
    assert sorted(each["url"] for each in run.stories) == [f"{base}/news/10{n}" for n in range(STORIES)], (
        run.told()
    )
    assert run.code == 0, run.told()


def test_a_site_by_name_does_not_lead_to_private_addresses(tmp_path, serve):
    """A name of the site's own domain that resolves to a private address is refused by the resolver."""
    private = serve({"/": front([]), "/secret": story(99)})
    port = private.server_address[1]
    run = crawl(
        tmp_path, "-a", f"url=http://localtest.localhost:{port}/", settings={**FAST, "RETRY_TIMES": 0}
    )
    if not private.log:  # no such name here
        assert run.code == 3, run.told()
    site = serve({"/": (302, {"Location": f"http://localhost:{port}/secret"}, b"")})
    private.log.clear()
    run = crawl(tmp_path, "-a", f"url=http://localhost:{site.server_address[1]}/", settings=FAST)
    assert private.log == []
    assert run.code == 3, run.told()
    assert "no start page could be read" in run.stderr


def test_redirects_in_circles_and_off_the_site(tmp_path, serve):
    other = serve({"/elsewhere": story(99)})
    site = serve({
        "/round": (302, {"Location": "/and/round"}, b""),
        "/and/round": (302, {"Location": "/round"}, b""),
        "/off": (302, {"Location": f"http://127.0.0.1:{other.server_address[1]}/elsewhere"}, b""),
        "/away": (302, {"Location": "http://another-paper.example/news/1"}, b""),
        "/moved": (301, {"Location": "/news/101"}, b""),
        **{f"/news/10{n}": story(n) for n in range(STORIES)},
    })  # fmt: skip
    links = [(f"/news/10{n}", f"Ferry number {n} leaves the old harbour on time") for n in range(STORIES)]
    links += [("/round", "Round and round the old harbour"), ("/off", "Off to another harbour by ferry")]
    links += [("/away", "Away to the paper of another town")]
    site.pages["/"] = front([*links, ("/moved", "Moved to another quay of the harbour")])
    run = crawl(tmp_path, "-a", f"url=http://127.0.0.1:{site.server_address[1]}/", settings=FAST)
    assert other.log == []
    assert len(site.log) == len(set(site.log)) or site.log.count("/round") <= 4
    assert site.log.count("/news/101") == 1, "the same story twice"
    assert sorted(re.sub(r".*/", "", each["url"]) for each in run.stories) == [
        f"10{n}" for n in range(STORIES)
    ]
    assert "1  redirected, as" in run.stderr, run.told()
    assert "1  refused-address, as" in run.stderr, run.told()
    assert "max redirections reached" in run.stderr, run.told()
    assert run.code == 0, run.told()


FAULTS = {
    "gzip bomb": GzipBomb(40),
    "endless body": Endless(16 * 1024 * 1024),
    "slow drip": Drip(0.5, 4),
    "truncated body": Truncate(),
    "dropped connection": Drop(),
    "server error": Status(500),
}


def test_whatever_a_server_does_the_crawl_ends_complete_but_for_those_pages(tmp_path):
    settings = {**FAST, "DOWNLOAD_TIMEOUT": 3, "DOWNLOAD_MAXSIZE": 1024 * 1024, "RETRY_TIMES": 1}
    with NewsSite(30, sources=("sitemap",), sections=1) as site:
        bad = dict(zip(sorted(site.truth()), FAULTS, strict=False))
        for url, name in bad.items():
            site.fault(re.escape(url.removeprefix(site.base)), FAULTS[name])
        run = crawl(tmp_path, "-a", f"url={site.url}", settings=settings)
        got = {story["url"] for story in run.stories}
        assert got == set(site.truth()) - set(bad), ([bad[url] for url in got & set(bad)], run.told())
        assert run.code == 0, run.told()
        assert "5  error, as" in run.stderr, run.told()
        assert "1  http-500, as" in run.stderr, run.told()
        assert "Traceback" not in run.stderr
        site.clear_faults()
        second = crawl(tmp_path, "-a", f"url={site.url}", settings=FAST)
        healed = {story["url"] for story in second.stories}
        lost = {bad[url] for url in set(site.truth()) - healed}
        assert lost <= {"gzip bomb", "endless body"}, second.told()
