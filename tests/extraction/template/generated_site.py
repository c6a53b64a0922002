"""A made-up site whose h1 is its masthead, with a slogan on all pages and a notice that changes slowly."""

from __future__ import annotations

import random

WORDS = [
    "harbour",
    "council",
    "ferry",
    "bridge",
    "orchard",
    "archive",
    "tunnel",
    "station",
    "market",
    "museum",
    "river",
    "school",
    "garden",
    "tower",
]
MASTHEAD = "The Aldermoor Lantern"
SLOGAN = (
    "The Aldermoor Lantern is read in every kitchen between the two rivers, and has been since the flood."
)
NOTICES = [
    f"Notice {name}: our office on the quay is closed for repairs until further notice." for name in "ABC"
]


def sentence(dice: random.Random) -> str:
    return f"The {' '.join(dice.choice(WORDS) for _ in range(14))}, said clerk {dice.randint(1, 10**6)} on Monday."


def headline(number: int) -> str:
    dice = random.Random(number)
    return (
        f"{dice.choice(WORDS).title()} and {dice.choice(WORDS)} meet over {dice.choice(WORDS)} plan {number}x"
    )


def story_page(number: int, tail: str = " | Lantern Online") -> bytes:
    dice = random.Random(number)
    text = "".join(f"<p>{sentence(dice)}</p>" for _ in range(6))
    notice = NOTICES[number * len(NOTICES) // 60 % len(NOTICES)]
    return f"""<html><head><title>{MASTHEAD}{tail}</title></head><body class="single single-post postid-{number}">
<div class="top"><h1>{MASTHEAD}</h1></div>
<div class="content"><h2>{headline(number)}</h2><p class="when">{1 + number % 28} March 2024</p>{text}
<p>{SLOGAN}</p><p>{notice}</p></div></body></html>""".encode()


def url_of(number: int) -> str:
    return f"https://lantern.example/news/{70000 + number}/story"
