"""Which kinds of pages need a browser, by what they showed without one and with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SURE = 4  # pages that needed it, before the next one is shown at once
_ALMOST_ALL = 4.0  # times as many as did not
_PROBE_EVERY = 20  # pages, the one that is read plainly first included
_IN_VAIN = 5  # pages that the browser showed nothing more of, before it is left alone
_REMEMBERED = 40.0  # pages by which a kind is judged: older ones fade
_MOST = 500  # kinds of one site


@dataclass(slots=True)
class _Need:
    """Pages of one kind: read without the browser, read with it alone, not read with it either."""

    plain: float = 0.0
    needed: float = 0.0
    vain: float = 0.0
    since_probe: int = _PROBE_EVERY  # of an earlier run's knowledge the first page is a probe

    def count(self, what: str) -> None:
        setattr(self, what, getattr(self, what) + 1)
        if self.plain + self.needed + self.vain > _REMEMBERED:
            self.plain, self.needed, self.vain = self.plain / 2, self.needed / 2, self.vain / 2


class RenderPolicy:
    """What is known of a site's kinds of pages, told by the shapes of their addresses.

    `learned`: what `learned()` gave at the end of an earlier run.
    """

    def __init__(self, learned: Mapping[str, Any] | None = None) -> None:
        self._kinds: dict[str, _Need] = {}
        for url_pattern, counts in list((learned or {}).items())[:_MOST]:
            try:
                plain, needed, vain = map(float, counts)
            except (TypeError, ValueError):
                continue
            self._kinds[str(url_pattern)] = _Need(plain, needed, vain)

    def at_once(self, url_pattern: str) -> bool:
        """True when the next page of a kind is shown in the browser without being read first.

        Now and then it is not, though its kind needed it: sites change.
        """
        kind = self._kinds.get(url_pattern)
        if kind is None or kind.needed < _SURE or kind.needed < _ALMOST_ALL * (kind.plain + kind.vain):
            return False
        kind.since_probe += 1
        if kind.since_probe > _PROBE_EVERY:
            kind.since_probe = 1
            return False
        return True

    def hopeless(self, url_pattern: str) -> bool:
        """True when the browser showed nothing more of a kind's pages, several times."""
        kind = self._kinds.get(url_pattern)
        return kind is not None and kind.vain >= _IN_VAIN and kind.vain > 2 * kind.needed

    def was_plain(self, url_pattern: str) -> None:
        """A page was read without the browser."""
        self._kind(url_pattern).count("plain")

    def was_needed(self, url_pattern: str) -> None:
        """A page could not be read without the browser, and was with it."""
        self._kind(url_pattern).count("needed")

    def was_vain(self, url_pattern: str) -> None:
        """A page could be read neither way."""
        self._kind(url_pattern).count("vain")

    def learned(self) -> dict[str, list[float]]:
        """For a later run: what is known of the kinds that needed the browser, or seemed to."""
        told = (
            (url_pattern, [kind.plain, kind.needed, kind.vain]) for url_pattern, kind in self._kinds.items()
        )
        return {url_pattern: counts for url_pattern, counts in told if counts[1] or counts[2]}

    def _kind(self, url_pattern: str) -> _Need:
        if url_pattern not in self._kinds and len(self._kinds) >= _MOST:
            self._kinds.pop(next(iter(self._kinds)))
        return self._kinds.setdefault(url_pattern, _Need())
