"""URL parameters that turn out to change nothing."""

from __future__ import annotations

from collections import Counter, defaultdict

_MOST = 100_000  # addresses without one of their parameters that are remembered


class IgnoredParameterLearner:
    """Finds parameters that change nothing: twice the same content under URLs that differ in it alone.

    One with which other content came as well, all else in the URL being equal, is none: a story's number may lead to
    the same notice twice.
    """

    ENOUGH = 2

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}
        self._contents: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._votes: Counter[str] = Counter()

    def observe(self, key: str, fingerprint: str | None) -> str | None:
        """Take in a page's content; the name of a parameter that is to be ignored from now on, else None."""
        if fingerprint is None:
            return None
        path, _, query = key.partition("?")
        parts = query.split("&") if query else []
        for part in parts:
            rest = f"{path}?{'&'.join(other for other in parts if other != part)}"
            name = part.partition("=")[0]
            if len(self._contents) < _MOST or (rest, name) in self._contents:
                contents = self._contents[rest, name]
                if len(contents) < self.ENOUGH:
                    contents.add(fingerprint)
        other_path, _, other_query = self._seen.setdefault(fingerprint, key).partition("?")
        if other_path != path or other_query == query:
            return None
        others = other_query.split("&")
        names = {part.partition("=")[0] for part in {*parts} ^ {*others} if part}
        if len(names) != 1:
            return None
        name = names.pop()
        rest = f"{path}?{'&'.join(part for part in parts if part.partition('=')[0] != name)}"
        if len(self._contents[rest, name]) > 1:
            return None
        self._votes[name] += 1
        return name if self._votes[name] >= self.ENOUGH else None
