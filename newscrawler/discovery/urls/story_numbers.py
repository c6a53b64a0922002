"""The number in a URL that may be the story's own."""

from __future__ import annotations

import re

FOUR_DIGITS = re.compile(r"[0-9]{4}")
_YEAR = re.compile(r"(?:1[3-9]|20)\d\d")
_DATE = re.compile(r"(?:1[3-9]|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:\d{4})?")
_MOST_SEGMENTS = 8
_LISTING_WORDS = frozenset(
    {"page", "p", "pages", "tag", "tags", "topic", "topics", "author", "archive", "date"}
)


def story_number_of(key: str) -> tuple[str, str, str] | None:
    """(form, number, rest) of a key whose path has one number that may be the story's own, else None.

    The number is a whole segment, or begins or ends one; years, dates and page numbers are none. In the form
    `#` stands for the number, and what follows a whole-segment number, or the words beside it, are the rest.
    """
    if not FOUR_DIGITS.search(key) or "?" in key or "#" in key:
        return None
    start = key.find("/", 8)
    if start < 0:
        return None
    segments = key[start + 1 :].split("/")
    if len(segments) > _MOST_SEGMENTS:
        return None
    last = segments[-1]
    for index, segment in enumerate(segments[:-1]):
        if not _is_story_number(segment):
            continue
        if len(segments) - index > 2 or (index and segments[index - 1].lower() in _LISTING_WORDS):
            return None
        if last != segment and last.isdigit():
            return None  # a further page of it
        return key[: start + 1] + "/".join([*segments[:index], "#"]), segment, last
    folder = key[: len(key) - len(last)]
    if _is_story_number(last):
        listing = len(segments) > 1 and segments[-2].lower() in _LISTING_WORDS
        return None if listing else (f"{folder}#", last, "")
    stem, dot, suffix = last.rpartition(".")
    if not dot or len(suffix) > 5:
        stem, suffix = last, ""
    number, _, rest = stem.partition("-")
    if not (rest and _is_beside_words(number)):
        rest, _, number = stem.rpartition("-")
        if not (rest and _is_beside_words(number)):
            return None
    return f"{folder}#{dot}{suffix}" if suffix else f"{folder}#", number, rest


def _is_beside_words(number: str) -> bool:
    return number.isdecimal() and 5 <= len(number) <= 12 and not _is_date(number)


def _is_story_number(segment: str) -> bool:
    """True when a whole segment may be a story's number."""
    if not segment.isdecimal() or not 4 <= len(segment) <= 12:
        return False
    return not (_YEAR.fullmatch(segment) if len(segment) == 4 else _is_date(segment))


def _is_date(number: str) -> bool:
    """True for eight digits that are a day, with or without the time."""
    return len(number) in (8, 12) and _DATE.fullmatch(number) is not None


class NumberForm:
    """Evidence for one URL form with a number in it: is the number the story's key?"""

    __slots__ = ("believed_before", "refuted", "rests", "total")
    ENOUGH = 8  # distinct numbers before the form is believed
    LIMIT = 20_000  # numbers remembered; the verdict is long clear by then

    def __init__(self) -> None:
        self.rests: dict[str, set[int]] = {}
        self.total = 0
        self.refuted = False
        self.believed_before = False  # by an earlier run

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
        return not self.refuted and (self.believed_before or len(self.rests) >= self.ENOUGH)
