"""Invented stories with everything that spreadsheets trip over."""

from __future__ import annotations

import random
from typing import Any

from tests.feeds.crawling import story

TITLES = [
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "'=1+1",
    "'quoted' from the start",
    "bell \x07 and escape \x1b[31m",
    "lone \ud83d surrogate",
    "literal _x0041_, the form of an escape in a workbook",
    "literal \\u0007 and C:\\users",
    "<r><t>markup</t></r>",
    "Zürich & 東京 <b>bold</b> 🚢👨‍👩‍👧",
    "عاجل: السفينة تغادر الميناء القديم",
    "\u202eright to left override\u202c",
    '"quoted", with; separators',
    "one\nline and\u2028another",
    "  spaces around  ",
    "TRUE",
    "007",
]
UNSAFE: dict[str, Any] = {
    "title": "lone \ud83d and \x00",
    "tags": ["\udfff"],
    "sources": {"\ud800": "\x01"},
    "body": 12,
}
LONG = "The ferry left. " * 2_500  # 40,000 characters
LONG_ASTRAL = "🚢" * 20_000


def nasty_stories(count: int) -> list[dict[str, Any]]:
    """`count` records, the same at every call."""
    dice = random.Random(20260314)
    stories = []
    for number in range(count):
        facts: dict[str, Any] = {
            "title": TITLES[number % len(TITLES)],
            "authors": ["Ann; Bob, Jr", 'C "Sea" Dee'] if number % 3 else [],
            "tags": ["=tag", "harbour", "port; old"][: number % 4],
            "section": dice.choice(["News > Harbour", "Sport", "=Culture"]),
            "published": ("2026-03-14T06:28:00", "2026-03-14T23:30:00+01:00", "2026-03-13", None)[number % 4],
            "fetched": "2026-03-15T07:00:00+00:00",
            "comment_count": number if number % 2 else None,
            "is_free": (True, False, None)[number % 3],
            "revision": 1,
            "related": [
                {"title": "=related", "url": f"https://harbour.example/{one}", "published": None}
                for one in range(number % 3)
            ],
        }
        if number % 500 == 7:
            facts["body"] = LONG if number % 1000 == 7 else LONG_ASTRAL
        stories.append(story(number, **facts))
    return stories
