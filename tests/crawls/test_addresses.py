"""Nothing on a page chooses an address to connect to, and nothing that a server does holds the crawl up."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest

from tests.crawls import running
from tests.crawls.private_hosts import Trap, hosts
from tests.crawls.running import crawl
from tests.crawls.scripted_site import ScriptedSite
from tests.newssite import Drip, Drop, Endless, GzipBomb, NewsSite, Status, Truncate

FAST = {**running.FAST, "DOWNLOAD_DELAY": 0.01}
STORIES = 6
FOLDERS = ("harbour", "ferries", "islands", "weather", "people", "market")


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
    """By links, redirects, a sitemap, a feed and robots.txt; the trap listens on every address of this machine."""
    with Trap() as trap:
        targets = [f"http://{host}:{trap.port}/secret/{n}" for n, host in enumerate(hosts())]
        assert len(targets) >= 200
        targets += ["file:///etc/passwd", f"ftp://127.0.0.1:{trap.port}/x", "data:text/html,<h1>Secret</h1>"]
        site = serve()
        base = f"http://127.0.0.1:{site.server_address[1]}"
        links = [(f"/news/10{n}", f"Ferry number {n} leaves the old harbour on time") for n in range(STORIES)]
        # In several forms: one whose addresses all lead nowhere is given up after a hundred.
        moved = [f"/{FOLDERS[n % len(FOLDERS)]}/moved/{n}" for n in range(len(targets))]
        links += [(path, f"Redirect from the old harbour number {n}") for n, path in enumerate(moved)]
        links += [
            (escape(target), f"Secret of the old harbour number {n}") for n, target in enumerate(targets)
        ]
        site.pages = {"/": front(links)} | {f"/news/10{n}": story(n) for n in range(STORIES)}
        for n, target in enumerate(targets):
            location = quote(target, safe="/:[]@%\\?#&=,;<> ")
            site.pages[moved[n]] = (302, {"Location": location}, b"")
        entries = "".join(f"<url><loc>{escape(target)}</loc></url>" for target in targets)
        items = "".join(f"<item><title>A</title><link>{escape(target)}</link></item>" for target in targets)
        named = "".join(f"Sitemap: {target}\n" for target in [f"{base}/map.xml", f"{base}/feed", *targets])
        site.pages |= {
            "/map.xml": (200, {"Content-Type": "application/xml"}, f"<urlset>{entries}</urlset>".encode()),
            "/feed": (200, {"Content-Type": "application/xml"}, f"<rss><channel>{items}".encode()),
            "/robots.txt": (200, {"Content-Type": "text/plain"}, named.encode()),
        }
        run = crawl(tmp_path, "-a", f"url={base}/", settings={**FAST, "DOWNLOAD_DELAY": 0})
        assert trap.caught == []
    met = {path for path in site.log if "/moved/" in path}
    assert len(met) >= 200, "hardly a redirect was met"
    assert {"/map.xml", "/feed"} <= set(site.log)
    assert sorted(each["url"] for each in run.stories) == [f"{base}/news/10{n}" for n in range(STORIES)], (
        run.told()
    )
    assert "Traceback" not in run.stderr


def test_the_guards_alone_let_nothing_through():
    with Trap() as trap:
        with socket.create_connection(("127.0.0.1", trap.port)) as known:
            known.send(b"it catches")
        done = subprocess.run(
            [sys.executable, "-m", "tests.crawls.private_hosts", str(trap.port)],
            cwd=running.ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        assert trap.caught == [b"it catches"]
    assert done.stdout.split("\n")[:-1] == ["failed"] * len(hosts()), done.stderr


@pytest.mark.needs("chromium")
def test_no_script_in_the_browser_connects_to_a_private_address(tmp_path):
    site = ScriptedSite()
    with Trap() as trap:
        targets = [f"http://{host}:{trap.port}/secret/{n}" for n, host in enumerate(hosts())]
        script = f"""for (const target of {json.dumps(targets)}) {{
            try {{ fetch(target, {{mode: "no-cors"}}).catch(() => 0); }} catch {{}}
            const element = document.createElement("script"); element.src = target;
            document.head.append(element); }}"""
        site.add_front([site.add_scripted(1, script), site.add_plain(2), site.add_plain(3)])
        run = crawl(tmp_path, "-a", f"url={site.url}/", settings={**FAST, "RENDER_REQUESTS": 1000})
        assert trap.caught == []
    site.stop()
    assert len(run.stories) == 3, run.told()


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
