"""URL parameters that turn out to change nothing."""

from __future__ import annotations

from collections import Counter


class IgnoredParameterLearner:
    """Finds parameters that change nothing: twice the same content under URLs that differ in it alone."""

    ENOUGH = 2

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}
        self._votes: Counter[str] = Counter()

    def observe(self, key: str, fingerprint: str | None) -> str | None:
        """Take in a page's content; the name of a parameter that is to be ignored from now on, else None."""
        if fingerprint is None:
            return None
        other = self._seen.setdefault(fingerprint, key)
        (path, _, query), (other_path, _, other_query) = key.partition("?"), other.partition("?")
        if other == key or path != other_path:
            return None
        differing = set(query.split("&")) ^ set(other_query.split("&"))
        names = {part.partition("=")[0] for part in differing if part}
        if len(names) != 1:
            return None
        name = names.pop()
        self._votes[name] += 1
        return name if self._votes[name] >= self.ENOUGH else None
