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
        for shape, counts in list((learned or {}).items())[:_MOST]:
            try:
                plain, needed, vain = map(float, counts)
            except (TypeError, ValueError):
                continue
            self._kinds[str(shape)] = _Need(plain, needed, vain)

    def at_once(self, shape: str) -> bool:
        """Whether the next page of a kind is shown in the browser without being read first.

        Now and then it is not, though its kind needed it: sites change.
        """
        kind = self._kinds.get(shape)
        if kind is None or kind.needed < _SURE or kind.needed < _ALMOST_ALL * (kind.plain + kind.vain):
            return False
        kind.since_probe += 1
        if kind.since_probe > _PROBE_EVERY:
            kind.since_probe = 1
            return False
        return True

    def hopeless(self, shape: str) -> bool:
        """Whether the browser showed nothing more of a kind's pages, several times."""
        kind = self._kinds.get(shape)
        return kind is not None and kind.vain >= _IN_VAIN and kind.vain > 2 * kind.needed

    def was_plain(self, shape: str) -> None:
        """A page was read without the browser."""
        self._kind(shape).count("plain")

    def was_needed(self, shape: str) -> None:
        """A page could not be read without the browser, and was with it."""
        self._kind(shape).count("needed")

    def was_vain(self, shape: str) -> None:
        """A page could be read neither way."""
        self._kind(shape).count("vain")

    def learned(self) -> dict[str, list[float]]:
        """For a later run: what is known of the kinds that needed the browser, or seemed to."""
        told = ((shape, [kind.plain, kind.needed, kind.vain]) for shape, kind in self._kinds.items())
        return {shape: counts for shape, counts in told if counts[1] or counts[2]}

    def _kind(self, shape: str) -> _Need:
        if shape not in self._kinds and len(self._kinds) >= _MOST:
            self._kinds.pop(next(iter(self._kinds)))
        return self._kinds.setdefault(shape, _Need())
