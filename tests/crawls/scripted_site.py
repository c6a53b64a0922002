"""A news site whose pages are filled by scripts, some of them hostile, and that tells what it was asked for."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

Answer = tuple[int, dict[str, str], bytes]


class Asked(NamedTuple):
    """One request that came."""

    time: float
    method: str
    path: str
    headers: dict[str, str]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self):
        length = int(self.headers.get("Content-Length") or 0)
        if length:
            self.rfile.read(length)
        site = self.server.site
        headers = {name.lower(): value for name, value in self.headers.items()}
        site.log.append(Asked(time.monotonic(), self.command, self.path, headers))
        page = site.pages.get(self.path.partition("?")[0])
        status, told, body = page(self.path) if callable(page) else page or (404, {}, b"<h1>Not found</h1>")
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **told}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_OPTIONS = do_HEAD = do_PUT = do_GET

    def log_message(self, *_):
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # clients that are killed hang up


class ScriptedSite:
    """Serves `pages`, path -> answer or function of the path, on a free port of every address of this machine."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[str], Answer]] = {}
        self.log: list[Asked] = []
        self._server = _Server(("0.0.0.0", 0), _Handler)
        self._server.site = self
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [asked.path for asked in self.log]

    def add_plain(self, number: int) -> str:
        """A story that stands in its page; gives its path."""
        return self.add(f"/news/{number}", article(number), title(number))

    def add_scripted(self, number: int, more: str = "") -> str:
        """A story that a script fetches; `more` is script that runs before. Gives its path."""
        self.pages[f"/api/{number}"] = (
            200,
            {"Content-Type": "application/json"},
            json.dumps(article(number)).encode(),
        )
        script = f"""{more}
            fetch("/api/{number}").then(answer => answer.json()).then(html => {{
              document.title = {json.dumps(title(number))};
              document.getElementById("app").innerHTML = html;
            }});"""
        return self.add(f"/news/{number}", f'<div id="app"></div><script>{script}</script>', "The Paper")

    def add_hostile(self, number: int, script: str) -> str:
        """A page without a story, whose script does as given."""
        return self.add(f"/news/{number}", f'<div id="app"></div><script>{script}</script>', "The Paper")

    def add(self, path: str, body: str, window_title: str) -> str:
        self.pages[path] = 200, {}, document(body, window_title)
        return path

    def add_front(self, paths: list[str], more: str = "", path: str = "/") -> None:
        """A plain page that links all `paths`."""
        self.add(path, f"<main><h1>Front page</h1>{entries(paths)}{more}</main>", "Front page")


def entries(paths: list[str]) -> str:
    items = "".join(
        f'<li><h2><a href="{path}">{title(int(path.rpartition("/")[2]))}</a></h2></li>' for path in paths
    )
    return f"<ul>{items}</ul>"


def title(number: int) -> str:
    return f"Ferry number {number} leaves the old harbour on time"


def article(number: int) -> str:
    text = "".join(
        f"<p>The ferry number {number} left the harbour on time, said the crew of boat {number}{n}.</p>"
        for n in range(8)
    )
    return (
        f"<article><h1>{title(number)}</h1>"
        f'<time datetime="2026-11-{number % 20 + 1:02d}T10:00:00Z">x</time>{text}</article>'
    )


def document(body: str, window_title: str) -> bytes:
    head = f'<meta charset="utf-8"><title>{window_title}</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()
