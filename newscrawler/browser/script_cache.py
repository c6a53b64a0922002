"""The scripts of a site, fetched once a run: each of its pages asks for the same ones."""

from __future__ import annotations

from collections import OrderedDict

from scrapy.http import Response

_MOST_BYTES = 32 * 1024 * 1024


class ScriptCache:
    """Answers by address, the least lately used ones dropped when they are too much.

    What says `no-store` (RFC 9111, 5.2.2.5) or differs by more than the encoding is not kept.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Response] = OrderedDict()
        self._bytes = 0

    def get(self, url: str) -> Response | None:
        """The kept answer, if there is one."""
        if url in self._kept:
            self._kept.move_to_end(url)
        return self._kept.get(url)

    def keep(self, url: str, answer: Response) -> None:
        """Keep an answer for the pages to come."""
        control = (answer.headers.get(b"Cache-Control") or b"").lower()
        vary = {
            word.strip().lower() for word in (answer.headers.get(b"Vary") or b"").split(b",") if word.strip()
        }
        if b"no-store" in control or vary - {b"accept-encoding", b"origin"} or url in self._kept:
            return
        self._kept[url] = answer
        self._bytes += len(answer.body)
        while self._bytes > _MOST_BYTES and self._kept:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= len(dropped.body)
