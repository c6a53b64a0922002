"""Serves the demo site on loopback, for the crawl that needs it or for a browser.

It answers requests in proxy form too (`GET http://demo-news.example/en/ HTTP/1.1`, RFC 9112 section 3.2.2): a
crawl asks for the site's fixed name while the server listens on whatever port is free.
"""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from newscrawler.demo.script_site import SCRIPT_HOST, ScriptSite
from newscrawler.demo.website import DemoSite, Response

LOOPBACK = "127.0.0.1"
OnRequest = Callable[[str, str], None]
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::\d{1,5})?")
_IDLE_SECONDS = 60  # after which a connection without requests is closed


class DemoServer:
    """The demo site on a loopback port (0: a free one), answering from `start` to `stop`.

    Under the JavaScript edition's host it answers as that; under any other as the plain edition, or as the
    JavaScript edition too if `script`. `on_request` is called with method and full URL of each request, from the
    server's threads. Raises OSError when the port is taken.
    """

    def __init__(self, port: int = 0, on_request: OnRequest | None = None, *, script: bool = False) -> None:
        self._http = _HttpServer((LOOPBACK, port), on_request, script)
        self._thread = Thread(target=self._http.serve_forever, args=(0.05,), name="demo-site", daemon=True)

    @property
    def url(self) -> str:
        """Address it listens at: `http://127.0.0.1:<port>`. As a proxy, and for a browser."""
        return f"http://{LOOPBACK}:{self._http.server_address[1]}"

    def start(self) -> None:
        """Answer requests from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more: the port is free again, connections are closed, the thread has ended."""
        if self._thread.is_alive():
            self._http.shutdown()
            self._thread.join()
        self._http.server_close()
        self._http.drop_connections()


@contextmanager
def serve(
    port: int = 0, on_request: OnRequest | None = None, *, script: bool = False
) -> Iterator[DemoServer]:
    """The demo site for as long as the block runs."""
    server = DemoServer(port, on_request, script=script)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], on_request: OnRequest | None, script: bool) -> None:
        self._plain = DemoSite()
        self._script = ScriptSite(self._plain)
        self._default = self._script if script else self._plain
        self.on_request = on_request
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(address, _Handler)

    def respond(self, target: str, base: str) -> Response:
        """The answer of the edition that the client asks for."""
        edition = self._script if base == f"http://{SCRIPT_HOST}" else self._default
        return edition.respond(target, base)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def drop_connections(self) -> None:
        """Close what kept-alive clients still hold open."""
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the client was quicker

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; anything else is a fault of ours and is printed."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "MeridianWire"
    sys_version = ""
    timeout = _IDLE_SECONDS
    wbufsize = 65536  # headers and body leave in one write
    disable_nagle_algorithm = True
    server: _HttpServer

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _refuse(self) -> None:
        self.close_connection = True  # a body may follow that nobody reads
        body = b"This is a demo: only GET and HEAD are answered.\n"
        self._send(Response(body, "text/plain; charset=utf-8", 405), with_body=True)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_CONNECT = do_TRACE = _refuse

    def _answer(self, *, with_body: bool) -> None:
        target, base = self._asked_for()
        if self.server.on_request:
            self.server.on_request(self.command, base + target)
        self._send(self.server.respond(target, base), with_body=with_body)

    def _asked_for(self) -> tuple[str, str]:
        """Path with query, and the base address that the client used."""
        target, host = self.path, self.headers.get("Host", "")
        if target.startswith("http://"):
            try:
                parts = urlsplit(target)
            except ValueError:
                return "/", ""
            host = parts.netloc
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if not _HOST.fullmatch(host):
            address, port = self.server.server_address[:2]
            host = f"{address!s}:{port}"
        return target, f"http://{host.lower()}"

    def _send(self, response: Response, *, with_body: bool) -> None:
        status = 304 if response.status == 200 and self._is_known(response) else response.status
        self.send_response(status)
        if response.status == 200:
            self.send_header("ETag", response.etag)
            self.send_header("Cache-Control", "no-cache")
            if response.modified:
                self.send_header("Last-Modified", _http_date(response.modified))
        if response.location:
            self.send_header("Location", response.location)
        if status == 405:
            self.send_header("Allow", "GET, HEAD")
        if status != 304:
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(response.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if with_body and status != 304:
            self.wfile.write(response.body)

    def _is_known(self, response: Response) -> bool:
        """True when the client's copy is current (RFC 9110 section 13.2.2: an ETag outranks a date)."""
        if known := self.headers.get("If-None-Match"):
            tags = [tag.strip().removeprefix("W/") for tag in known.split(",")]
            return "*" in tags or response.etag in tags
        since = self.headers.get("If-Modified-Since")
        if not since or not response.modified:
            return False
        try:
            return response.modified.replace(tzinfo=UTC) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):  # not a date, or one without a zone
            return False

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: who wants to know gives `on_request`."""


def _http_date(when: datetime) -> str:
    return format_datetime(when.replace(tzinfo=UTC), usegmt=True)
