"""Forms of a site's story addresses, as a profile's `story_urls` writes them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

FEWEST = 3  # stories of a form
_DATE = re.compile(r"/\d{4}/\d{2}/\d{2}(?=/|$)")
_WORD = re.compile(r"[a-z][a-z_-]*")
# A number of three digits or more before or behind a slug; shorter ones are parts of headlines.
_NUMBERED = ((re.compile(r"\d{3,}-.+"), "{id}-{slug}"), (re.compile(r".+-\d{4,}(\.\w{2,5})?"), "{slug}-{id}"))
_LETTERED = re.compile(r"([A-Za-z_]+)\d+(\.\w{2,5})?")  # `article770.html`


def learn_story_urls(urls: Iterable[str]) -> list[tuple[str, int]]:
    """Forms that at least `FEWEST` of the addresses have, with their number, the commonest first.

    A number becomes `{id}` only where it differs from story to story: two addresses with one number are one story.
    Addresses told apart by their query have no form.
    """
    groups: defaultdict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        parts = urlsplit(url)
        segments = _DATE.sub("/{date}", parts.path.rstrip("/")).split("/")[1:]
        if segments and not parts.query:
            groups[tuple(map(_kind, segments))].append(segments)
    forms = ((_form(kinds, many), len(many)) for kinds, many in groups.items() if len(many) >= FEWEST)
    counts: Counter[str] = Counter()
    for form, count in forms:
        if form is not None:
            counts[form] += count
    return counts.most_common()


def _kind(segment: str) -> str:
    """The placeholder of a segment if it differs from story to story; `{word}` may stay as it is written."""
    if segment == "{date}":
        return segment
    if segment.isdecimal() and segment.isascii():
        return "{id}"
    for pattern, form in _NUMBERED:
        if match := pattern.fullmatch(segment):
            return form + ((match[1] or "") if match.re.groups else "")
    if lettered := _LETTERED.fullmatch(segment):
        return f"{lettered[1]}{{id}}{lettered[2] or ''}"
    return "{word}" if _WORD.fullmatch(segment) and segment.count("-") < 3 else "{slug}"


def _form(kinds: Sequence[str], paths: Sequence[Sequence[str]]) -> str | None:
    """The form of paths whose segments are of the same kinds; None when it tells stories from no other pages."""
    parts: list[str] = []
    for at, kind in enumerate(kinds):
        values = [path[at] for path in paths]
        if kind != "{date}" and len(set(values)) == 1 and at < len(kinds) - 1:
            parts.append(values[0])
        elif "{id}" in kind and ("{id}" in "".join(parts) or len(_numbers(values)) < len(values)):
            parts.append("{slug}")
        else:
            parts.append(kind)
    form = "/" + "/".join(parts)
    named = [part for part in parts if part not in ("{slug}", "{word}")]
    return form if named and "{" in form else None


def _numbers(values: Sequence[str]) -> set[str]:
    """The numbers of segments of one kind: at their beginning, or else at their end."""
    place = 0 if values[0][0].isdecimal() else -1
    return {re.findall(r"\d+", value)[place] for value in values}
