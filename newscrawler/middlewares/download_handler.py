"""Downloads as browsers take them: odd headers are skipped, half answers tried again, no wait for a stopped run."""

from __future__ import annotations

import zlib
from asyncio import Future, ensure_future, wait
from contextlib import suppress
from typing import Any, cast

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    DownloadConnectionRefusedError,
    DownloadFailedError,
    ResponseDataLossError,
)
from scrapy.http import Request, Response
from twisted.web.http_headers import InvalidHeaderName

from newscrawler.exceptions import Refused
from newscrawler.extensions.stop_signal import ended_by
from newscrawler.middlewares.certificates import CertificatePolicy
from newscrawler.outcome import Outcome
from newscrawler.url_cleaning import host_of, without_login

_STEP = 0.5  # seconds of a wait, after which a stopped run is noticed
_GRACE = 2.0  # seconds that answers under way get when the run is stopped
_GZIP = b"\x1f\x8b"  # RFC 1952, 2.3.1
_CHUNK = 65_536  # bytes
_END = 64  # bytes at the end of a page in which it is closed
_ENCODINGS = frozenset({b"gzip", b"x-gzip", b"br", b"zstd", b"deflate"})


class CrawlDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's handler, more lenient.

    An answer that came short (of its length, its last chunk, its gzip's end) is an error, which is tried again; after
    RETRY_TIMES it is taken where the page that came is closed by `</html>`.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory
        self._certificates = CertificatePolicy.from_crawler(crawler)
        self._contextFactory = cast(Any, self._certificates)  # an IPolicyForHTTPS, of which mypy sees nothing
        self._retries = crawler.settings.getint("RETRY_TIMES")
        self._largest = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    async def download_request(self, request: Request) -> Response:
        if (url := without_login(request.url)) != request.url:
            request = request.replace(url=url)  # of a redirect: sites that want a login are left alone
        request.meta.setdefault("download_fail_on_dataloss", False)
        download = ensure_future(super().download_request(request))
        stopped = 0.0
        while not download.done():
            await wait({download}, timeout=_STEP)
            stopped += _STEP if ended_by(self._crawler) else 0.0
            if stopped > _GRACE and not download.done():
                download.cancel()
                raise Refused(Outcome.LEFT, "the run was stopped")
        response = _as_sent(self._answer(request, download))
        if not self._is_short(response):
            return response
        if request.meta.get("retry_times", 0) < self._retries or not self._ends(response):
            raise ResponseDataLossError("only a part of the answer came")
        return response

    def _answer(self, request: Request, download: Future[Response]) -> Response:
        """The answer that came; raises what went wrong, by its cause."""
        try:
            return download.result()
        except DownloadFailedError as error:
            raise self._certificates.explained(host_of(request.url), error) from error
        except DownloadConnectionRefusedError as error:
            if proxy := request.meta.get("proxy"):
                raise DownloadConnectionRefusedError(f"the proxy {proxy} refuses connections") from error
            raise

    def _is_short(self, response: Response) -> bool:
        if "dataloss" in response.flags:
            return True
        if _encodings(response) in ([b"gzip"], [b"x-gzip"]):
            return not self._unpacked_end(response.body)[1]
        # Without a length nothing tells a reset from the end, but a page that was opened and not closed.
        return (
            "partial" in response.flags
            and b"<html" in response.body[:2000]
            and b"</html" not in response.body
        )

    def _ends(self, response: Response) -> bool:
        """True when the page that came is closed."""
        end = response.body.rstrip()[-_END:]
        if _encodings(response):
            end = self._unpacked_end(response.body)[0]
        return end.lower().endswith(b"</html>")

    def _unpacked_end(self, body: bytes) -> tuple[bytes, bool]:
        """The end of a gzipped body, and True when the gzip is whole (or too large to look)."""
        unpack = zlib.decompressobj(wbits=31)
        end, length = b"", 0
        try:
            while not unpack.eof and length <= self._largest:
                piece = unpack.decompress(body, _CHUNK)
                body = unpack.unconsumed_tail
                length += len(piece)
                end = (end + piece).rstrip()[-_END:]
                if not piece and not body:
                    return end, unpack.eof
        except zlib.error:
            return end, True  # as lenient as Scrapy's own unpacking
        return end, True


def _encodings(response: Response) -> list[bytes]:
    return [one.strip().lower() for one in response.headers.getlist(b"Content-Encoding") if one.strip()]


def _as_sent(response: Response) -> Response:
    """The answer without an encoding that it declares and does not have."""
    encodings = _encodings(response)
    start = response.body.lstrip()[:1]
    is_packed = encodings not in ([b"gzip"], [b"x-gzip"]) or response.body.startswith(_GZIP)
    if encodings and _ENCODINGS.issuperset(encodings) and (start == b"<" or not is_packed):
        with suppress(KeyError):
            del response.headers[b"Content-Encoding"]
    return response


class _Parser(_LenientHTTPClientParser):
    MAX_LENGTH = 262_144  # bytes of a line, as Chromium takes

    def headerReceived(self, name: bytes, value: bytes) -> None:  # Twisted's name
        with suppress(InvalidHeaderName, ValueError):
            super().headerReceived(name, value)  # type: ignore[no-untyped-call]  # Twisted has no types here


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        answer = super().request(request)
        self._parser.__class__ = _Parser  # as Scrapy does with its own
        return answer


class _Factory(_LenientHTTP11ClientFactory):
    noisy = False

    def buildProtocol(self, addr: Any) -> Any:  # Twisted's name
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted has no types here
