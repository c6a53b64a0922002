"""A site whose answers are written byte by byte, to be wrong in ways that servers are."""

from __future__ import annotations

import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Mapping

Headers = dict[str, str]  # lower-case names
Page = (
    str | bytes | Callable[[Headers], "str | bytes | None"] | None
)  # HTML, or an answer as it goes over the wire


def answer(body: str | bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer; it has no Content-Length where `headers` have one, or a Transfer-Encoding."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", "Connection: close", *headers]
    if not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class WireSite:
    """Serves `pages` by path (404 for others) on a free port; `log` has the paths that were asked for.

    `resets`: paths whose connection is reset after what is sent.
    """

    def __init__(self, pages: Mapping[str, Page] = {}, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Page] = dict(pages)
        self.resets: set[str] = set()
        self.log: list[str] = []
        site = self

        class Handler(socketserver.StreamRequestHandler):
            timeout = 30

            def handle(self) -> None:
                path, headers = _read_request(self.rfile)
                site.log.append(path)
                page = site.pages.get(path)
                sent = page(headers) if callable(page) else page
                if sent is None:
                    sent = answer("<h1>Not found</h1>", status="404 Not Found")
                self.wfile.write(answer(sent) if isinstance(sent, str) else sent)
                if path in site.resets:
                    self.wfile.flush()
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 50

            def handle_error(self, *_: object) -> None:
                pass  # clients may hang up

        self._server = Server(("127.0.0.1", 0), Handler)
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def __enter__(self) -> WireSite:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """From now on connections are refused."""
        self._server.shutdown()
        self._server.server_close()


def _read_request(stream: socketserver.BufferedIOBase) -> tuple[str, Headers]:
    path = stream.readline().decode("latin-1").split(" ")[1]
    headers = {}
    while line := stream.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return path, headers
