"""The number in a URL that may be the story's own."""

from __future__ import annotations

import re
from functools import lru_cache

_YEAR = re.compile(r"(?:1[3-9]|20)\d\d")
_DATE = re.compile(r"(?:1[3-9]|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:\d{4}|\d{6})?")
_LISTING_WORDS = frozenset(
    {"page", "p", "pages", "tag", "tags", "topic", "topics", "author", "archive", "date"}
)


@lru_cache(maxsize=1 << 14)
def story_number_of(key: str) -> tuple[str, str, str] | None:
    """(form, number, rest) of a key whose path has one number that may be the story's own, else None.

    The number is a whole segment, or begins or ends one; years, dates and page numbers are none. In the form
    `#` stands for the number, and what follows a whole-segment number, or the words beside it, are the rest.
    """
    if "?" in key or "#" in key:
        return None
    start = key.find("/", 8)
    if start < 0:
        return None
    segments = key[start + 1 :].split("/")
    if len(segments) > 8:
        return None
    for index, segment in enumerate(segments):
        if (
            not segment.isdecimal()
            or not 4 <= len(segment) <= 12
            or _YEAR.fullmatch(segment)
            or _DATE.fullmatch(segment)
        ):
            continue
        if len(segments) - index > 2 or (index and segments[index - 1].lower() in _LISTING_WORDS):
            return None
        if segments[-1] != segment and segments[-1].isdigit():
            return None  # a further page of it
        form = key[: start + 1] + "/".join([*segments[:index], "#"])
        return form, segment, "/".join(segments[index + 1 :])
    last = segments[-1]
    stem, dot, suffix = last.rpartition(".")
    if not dot or len(suffix) > 5:
        stem, suffix = last, ""
    for number, rest in (stem.partition("-")[::2], stem.rpartition("-")[::-2]):
        if 5 <= len(number) <= 12 and number.isdecimal() and rest and not _DATE.fullmatch(number):
            form = key[: start + 1] + "/".join([*segments[:-1], "#" + dot + suffix if suffix else "#"])
            return form, number, rest
    return None


class NumberForm:
    """What is known of one URL form with a number in it: is the number the story's key?"""

    __slots__ = ("refuted", "rests", "told", "total")
    ENOUGH = 8  # distinct numbers before the form is believed
    LIMIT = 20_000  # numbers remembered; the verdict is long clear by then

    def __init__(self) -> None:
        self.rests: dict[str, set[int]] = {}
        self.total = 0
        self.refuted = False
        self.told = False  # believed by an earlier run

    def observe(self, number: str, rest: str) -> None:
        if self.refuted:
            return
        rests = self.rests.get(number)
        if rests is None:
            if len(self.rests) >= self.LIMIT:
                return
            rests = self.rests[number] = set()
        mark = hash(rest)
        if rest and mark not in rests:
            rests.add(mark)
            self.total += 1
            # A section's number or a date comes with many slugs, a story's with one, two after an edit.
            if len(rests) > 3 or self.total > 1.3 * len(self.rests) + 4:
                self.refuted = True
                self.rests.clear()

    @property
    def believed(self) -> bool:
        return not self.refuted and (self.told or len(self.rests) >= self.ENOUGH)
