"""The benchmark's real pages behind one listing page, on loopback."""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

PAGES = Path(__file__).parent.parent.parent.parent / "shared" / "pages"


def manifest() -> list[dict[str, Any]]:
    """The pages with their truth."""
    return [json.loads(line) for line in (PAGES / "manifest.jsonl").read_text("utf-8").splitlines()]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, pages: dict[str, dict[str, Any]], *args: Any) -> None:
        self._pages = pages
        super().__init__(*args)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        page = self._pages.get(self.path.removeprefix("/pages/"))
        if page is not None:
            body = gzip.decompress((PAGES / page["html"]).read_bytes())
            self._answer(200, body, page.get("content_type") or "text/html")
        elif self.path == "/pages/":
            items = "".join(
                f'<li><a href="/pages/{name}">{html.escape(page["truth"].get("title") or name)}</a></li>'
                for name, page in self._pages.items()
            )
            listing = (
                f"<html><head><title>All pages</title></head><body><h1>All pages</h1><ul>{items}</ul></body>"
            )
            self._answer(200, listing.encode(), "text/html; charset=utf-8")
        else:
            self._answer(404, b"not here", "text/plain")

    def _answer(self, status: int, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(pages: list[dict[str, Any]]) -> Iterator[str]:
    """The pages for as long as the block runs; gives the listing's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, {page["id"]: page for page in pages}))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/pages/"
    finally:
        server.shutdown()
        server.server_close()
