"""Invented stories for the journal's tests."""

from __future__ import annotations

import random
from typing import Any

from newscrawler.journal import content_hash
from newscrawler.journal.near_duplicates import signature

_WORDS = [
    "harbour",
    "council",
    "bridge",
    "ferry",
    "market",
    "teacher",
    "river",
    "winter",
    "budget",
    "clinic",
    "orchard",
    "festival",
    "tunnel",
    "library",
    "railway",
    "farmer",
    "signal",
    "garden",
    "museum",
    "storm",
    "bakery",
    "lighthouse",
    "voter",
    "captain",
    "engineer",
    "school",
    "valley",
    "concert",
]


def text(seed: int, words: int = 120) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(_WORDS) for _ in range(words)) + "."


def story(number: int, *, title: str | None = None, body: str | None = None, **fields: Any) -> dict[str, Any]:
    title = title or f"Story number {number}"
    body = text(number) if body is None else body
    return {
        "story_id": f"demo:{number}",
        "site": "demo",
        "url": f"http://demo.example/news/{number}/slug",
        "canonical_url": None,
        "title": title,
        "published": None,
        "body": body,
        "title_key": title.casefold(),
        "content_hash": content_hash(title, None, body),
        "revision": 1,
        **fields,
    }


def signature_of(item: dict[str, Any]) -> bytes | None:
    return signature(item["body"])
