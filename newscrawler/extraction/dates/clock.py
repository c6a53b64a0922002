"""Times of day as they are printed beside a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Words for the half of the day. "Night" is the evening's half from six on, the small hours before.
_AM = (
    r"a\.?\s?m\b\.?|AM\b|π\.?\s?μ\.?|ص(?:باحا|باحًا|باحاً)?(?![^\W\d_])|ق\.?\s?ظ|صبح|오전|上午|午前|早上|凌晨|清晨|早晨"
    r"|सुबह|पूर्वाह्न|সকাল|পূর্বাহ্ণ|এএম|ÖÖ|SA\b|sáng|pagi|de la mañana|da manhã|காலை|முற்பகல்|n\.u\."
)
_PM = (
    r"p\.?\s?m\b\.?|PM\b|μ\.?\s?μ\.?|م(?:ساء|ساءً)?(?![^\W\d_])|ب\.?\s?ظ|بعدازظهر|بعد از ظهر|عصر|شام"
    r"|오후|下午|午後|晚上|傍晚|中午|शाम|दोपहर|अपराह्न|দুপুর|বিকাল|বিকেল|সন্ধ্যা|অপরাহ্ণ|পিএম|ÖS|CH\b|chiều|tối|petang|sore|siang"
    r"|de la tarde|de la noche|da tarde|da noite|மாலை|பிற்பகல்|n\.h\."
)
_NIGHT = r"रात|রাত|شب|malam"
# All of them begin with a letter: without one they are not tried one by one.
_HALF = rf"(?=[^\W\d_])(?:(?P<am{{0}}>{_AM})|(?P<pm{{0}}>{_PM})|(?P<night{{0}}>{_NIGHT}))"
_FIRST_HALF = _HALF.format(1)
_SECOND_HALF = _HALF.format(2)
_TIME = re.compile(
    rf"(?:(?:{_FIRST_HALF})\s?)?"
    r"(?<![\d.,:/])(?P<hour>[01]?\d|2[0-4])"
    r"(?:"
    r"(?:\s?:\s?)(?P<m1>[0-5]\d)(?:\s?:\s?(?P<s1>[0-5]\d)(?:[.,]\d{1,6})?)?(?!\d)"
    r"|\s?(?:時|时|點|点|시)\s?(?:(?P<m2>[0-5]?\d)\s?(?:分|분))?(?:\s?(?P<s2>[0-5]?\d)\s?(?:秒|초))?"
    r"|\s?(?:h|H|hod\.|giờ|Uhr)\s?(?P<m3>[0-5]\d)(?![\d.])(?:\s?(?:min\b|m\b|phút))?"
    r"|\.(?P<m4>[0-5]\d)(?:[.:](?P<s4>[0-5]\d))?(?![\d%])(?!\.\d)"
    r"|(?P<whole>\s?(?:h|H|Uhr|uur)\b\.?)"
    rf"|(?=\s?(?=[^\W\d_])(?:{_AM}|{_PM}))"
    r")"
    r"(?:\s?(?:h|H|Uhr|uur|น\.?|hrs?|Hrs?|HRS?|ч|часов|óra|बजे|بجے|horas|hs)(?![^\W\d_])\.?)?"
    rf"(?:\s?[(]?(?:{_SECOND_HALF}))?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_MILITARY = re.compile(r"(?<![\d.,:/+-])(?P<hour>[01]\d|2[0-3])(?P<m1>[0-5]\d)(?=\s?(?:GMT|UTC|hrs?\b))")


class ClockTime(NamedTuple):
    """A printed time of day; its text is from `start` to `end`.

    `dotted`: written `14.05`, which may be a number instead.
    """

    hour: int
    minute: int
    second: int | None
    start: int
    end: int
    dotted: bool


def printed_times(text: str, start: int, end: int) -> Iterator[ClockTime]:
    """The times between two positions of a plain text, in order."""
    if _DIGIT.search(text, start, end) is None:  # far cheaper than the patterns, and mostly so
        return
    for found in _TIME.finditer(text, start, end):
        time = _time(found)
        if time is not None:
            yield time
    for found in _MILITARY.finditer(text, start, end):
        yield ClockTime(int(found["hour"]), int(found["m1"]), None, found.start(), found.end(), False)


def _time(found: re.Match[str]) -> ClockTime | None:
    hour = int(found["hour"])
    minute = int(found["m1"] or found["m2"] or found["m3"] or found["m4"] or 0)
    second = found["s1"] or found["s2"] or found["s4"]
    if found["am1"] or found["am2"]:
        if hour > 12:
            pass
        elif hour == 12:
            hour = 0
    elif found["pm1"] or found["pm2"]:
        if hour < 12:
            hour += 12
    elif found["night1"] or found["night2"]:
        hour = (hour + 12) % 24 if 6 <= hour <= 12 else hour
    halved = any(found[name] for name in ("am1", "am2", "pm1", "pm2", "night1", "night2"))
    if hour == 24:
        if minute:
            return None
        hour = 0
    dotted = found["m4"] is not None and not halved
    return ClockTime(hour, minute, int(second) if second else None, found.start(), found.end(), dotted)
