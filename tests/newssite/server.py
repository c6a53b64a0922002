"""The HTTP side: an asyncio server in a thread of its own, HTTP/1.1 with keep-alive, that can misbehave."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from threading import Event, Thread
from urllib.parse import urlsplit

from tests.newssite import faults

_REASONS = {
    200: "OK",
    301: "Moved Permanently",
    304: "Not Modified",
    404: "Not Found",
    429: "Too Many Requests",
}
_CHUNK = b"<p>And so on, and so on, and so on.</p>\n" * 400


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as logged. `headers` have lower-case names; `time` is time.time() at arrival.

    `status` is 0 where the connection was dropped.
    """

    time: float
    method: str
    host: str
    path: str  # with query
    headers: dict[str, str]
    status: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site would say, before anything goes wrong."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


Respond = Callable[[str, str, dict[str, str]], Answer]  # host, path, headers
FindFault = Callable[[str], faults.Fault | None]


class Server:
    """Serves `respond` on a free port, of loopback unless told otherwise, with what `find_fault` says of each path."""

    def __init__(self, respond: Respond, find_fault: FindFault, host: str = "127.0.0.1") -> None:
        self._host = host
        self.log: list[Request] = []
        self.port = 0
        self._respond = respond
        self._find_fault = find_fault
        self._ready = Event()
        self._thread = Thread(target=self._run, name="newssite", daemon=True)

    def start(self) -> None:
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError("the site did not start")

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        self._connections: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._connected, self._host, 0, backlog=256)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._end.wait()
        server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while await self._one_request(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went, or the site ends
        finally:
            self._connections.discard(task)
            writer.close()

    async def _one_request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; whether the connection stays open."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        arrived = time.time()
        first, *lines = head.split("\r\n")[:-2]
        method, target, _ = first.split(" ", 2)
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        host = headers.get("host", "")
        if target.startswith("http://"):  # proxy form
            parts = urlsplit(target)
            host, target = parts.netloc, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        fault = self._find_fault(target)
        if isinstance(fault, faults.Status):
            answer = _refusal(fault)
        elif isinstance(fault, faults.BlockPage | faults.LoginWall):
            answer = Answer(
                (faults.BLOCK_PAGE if isinstance(fault, faults.BlockPage) else faults.LOGIN_PAGE).encode()
            )
        else:
            answer = self._respond(host, target, headers)
        status = 0 if isinstance(fault, faults.Drop) else answer.status
        self.log.append(Request(arrived, method, host, target, headers, status))
        keep = await self._send(writer, answer, fault, with_body=method != "HEAD")
        return keep and headers.get("connection", "").lower() != "close"

    async def _send(
        self, writer: asyncio.StreamWriter, answer: Answer, fault: faults.Fault | None, *, with_body: bool
    ) -> bool:
        body = answer.body if with_body else b""
        match fault:
            case faults.Drop():
                return False
            case faults.Delay():
                await asyncio.sleep(fault.seconds)
            case faults.Truncate():
                writer.write(_head(answer, len(answer.body)) + body[: len(body) // 2])
                await writer.drain()
                return False
            case faults.Endless():
                writer.write(_head(answer, None))
                sent = 0
                chunk = body
                while sent < fault.limit:
                    writer.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
                    await writer.drain()
                    sent += len(chunk)
                    chunk = _CHUNK
                return False
            case faults.GzipBomb():
                bomb = _bomb(fault.megabytes)
                writer.write(_head(answer, len(bomb), (("Content-Encoding", "gzip"),)) + bomb)
                await writer.drain()
                return True
            case faults.Drip():
                writer.write(_head(answer, len(answer.body)))
                for start in range(0, len(body), fault.size):
                    writer.write(body[start : start + fault.size])
                    await writer.drain()
                    await asyncio.sleep(fault.seconds)
                return True
        writer.write(_head(answer, len(answer.body)) + body)
        await writer.drain()
        return True


def _head(answer: Answer, length: int | None, more: tuple[tuple[str, str], ...] = ()) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, 'Status')}"]
    if answer.status != 304:
        lines.append(f"Content-Type: {answer.content_type}")
        lines.append(f"Content-Length: {length}" if length is not None else "Transfer-Encoding: chunked")
    lines += [f"{name}: {value}" for name, value in (*answer.headers, *more)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _refusal(fault: faults.Status) -> Answer:
    headers: tuple[tuple[str, str], ...] = ()
    if fault.retry_after is not None:
        value = f"{fault.retry_after:g}"
        if fault.retry_form == "date":
            # Dates have whole seconds: rounded up, so that a client that obeys never comes too early.
            value = formatdate(int(time.time() + fault.retry_after) + 1, usegmt=True)
        headers = (("Retry-After", value),)
    return Answer(
        b"<!DOCTYPE html><title>Not now</title><h1>Not now</h1>", status=fault.status, headers=headers
    )


@lru_cache(maxsize=2)
def _bomb(megabytes: int) -> bytes:
    return gzip.compress(b"<html><body>" + b" " * (megabytes * 1024 * 1024), compresslevel=9)
