"""Writes the demo's stories, from plots with places to fill in: texts, dates and featured blocks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from newscrawler.demo import plants, world
from newscrawler.demo.demo_story import BodyLink, DemoStory, Featured
from newscrawler.demo.dice import Dice

FIRST_CODE = 104200
COUNT = 126
FIRST_DAY = datetime(2026, 9, 28)
_PLOTS = Path(__file__).parent / "plots"
_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_NTH = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def make_stories() -> list[DemoStory]:
    """Every story page of the site, the oldest first, the same at every call."""
    plots = {
        section: tomllib.loads((_PLOTS / f"{section}.toml").read_text("utf-8")) for section in world.SECTIONS
    }
    seen: set[str] = set()
    stories = [_generated(number, plots, seen) for number in range(COUNT)]
    by_code = {story.code: story for story in stories}
    stories += [_twin(by_code[first], code, restyle) for code, (first, restyle) in plants.TWINS.items()]
    stories += [_in_arabic(by_code), _empty(by_code)]
    stories.sort(key=lambda story: (story.listed_at, story.code))
    return _with_links(_with_featured(stories))


def _generated(number: int, plots: dict[str, Any], seen: set[str]) -> DemoStory:
    section = list(world.SECTIONS)[number % len(world.SECTIONS)]
    turn = number // len(world.SECTIONS)
    plot = plots[section]["plot"][turn % len(plots[section]["plot"])]
    code = FIRST_CODE + 3 * number
    for attempt in range(50):
        dice = Dice(f"{code}/{attempt}")
        story = _written(code, section, turn, plot, plots[section]["pool"], dice, number)
        texts = {story.title.casefold(), *story.paragraphs}
        if not texts & seen:
            seen |= texts
            return story
    raise RuntimeError(f"story {code}: no variant of its plot is new")


def _written(
    code: int, section: str, turn: int, plot: dict[str, Any], pool: list[str], dice: Dice, number: int
) -> DemoStory:
    hour, minute = dice.between(0, 5) + (6, 11, 17)[number % 3], dice.below(60)
    listed_at = FIRST_DAY + timedelta(days=number // 3, hours=hour, minutes=minute)
    words = _cast(dice, section, listed_at)
    titled = words | {"project": words["project"].title(), "org": words["org"][:1].upper() + words["org"][1:]}
    template = plants.TITLES.get(code, plot["titles"][turn // len(plot) % len(plot["titles"])])
    rest = list(enumerate(plot["paragraphs"]))[1:]
    chosen = [
        plot["paragraphs"][0],
        *(text for _, text in sorted(dice.some(rest, dice.between(3, len(rest))))),
    ]
    for extra in dice.some(pool, dice.below(3)):
        chosen.insert(dice.between(2, len(chosen)), extra)
    paragraphs = _introduced([_tidy(dice.expand(text, words)) for text in chosen], words)
    modified = listed_at + timedelta(minutes=dice.between(35, 400)) if dice.below(4) == 0 else None
    if modified is not None and (modified.hour, modified.minute) == (0, 0):
        modified += timedelta(minutes=1)  # midnight reads as "no time known"
    has_photo = dice.below(9) > 0
    comments = tuple(dice.some(world.COMMENTS, dice.between(1, 3))) if dice.below(6) == 0 else ()
    return DemoStory(
        code=code,
        title=_tidy(dice.expand(template, titled)),
        section=section,
        listed_at=listed_at,
        published=None if code in plants.codes("no-date") else listed_at,
        modified=None if code in plants.codes("no-date") else modified,
        kicker=_tidy(dice.expand(dice.pick(plot["kickers"]), titled)) if dice.below(3) else None,
        lead=_tidy(dice.expand(dice.pick(plot["leads"]), words)) if dice.below(8) else None,
        paragraphs=paragraphs,
        tags=tuple(dict.fromkeys(_tidy(dice.expand(tag, titled)) for tag in plot["tags"])),
        authors=tuple(dice.some(world.REPORTERS, 1 + (dice.below(4) == 0))) if dice.below(2) else (),
        photo=_tidy(dice.expand(plot["photo"], words)) if has_photo else None,
        caption=_tidy(dice.expand(dice.pick(plot["captions"]), words)) if has_photo else None,
        comments=comments,
        line_breaks=dice.below(5) == 0,
        hidden=next(
            (place for place in ("related", "sitemap", "feed") if code in plants.codes(_ONLY[place])), None
        ),
    )


_PLAIN_MARKS = {ord(mark): plain for mark, plain in zip("“”‘’–—", "\"\"''-–", strict=True)}
_ONLY: dict[str, Any] = {"related": "only-related", "sitemap": "only-sitemap", "feed": "only-feed"}


# The last three speak in the paragraphs that a section's plots share.
_ROLES = ("official", "expert", "critic", "resident", "outsider", "doubter", "local")


def _cast(dice: Dice, section: str, when: datetime) -> dict[str, str]:
    first = 10 * list(world.SECTIONS).index(section)
    place, place2 = dice.some(world.PLACES, 2)
    people = dict(
        zip(
            _ROLES,
            dice.some(world.PEOPLE[first : first + 10], len(_ROLES)),
            strict=True,
        )
    )
    small, n1, n2, n3 = dice.between(2, 7), dice.between(12, 28), dice.between(29, 39), dice.between(41, 79)
    small2, digit = dice.below(small), dice.between(2, 4)
    words = {
        **people,
        **{f"{role}_surname": name.split(" ", 1)[1] for role, name in people.items()},
        "surname": people["official"].split(" ", 1)[1],
        "place": place,
        "place2": place2,
        "river": dice.pick(world.RIVERS),
        "college": dice.pick(world.COLLEGES),
        "company": dice.pick(world.COMPANIES),
        "org": dice.pick(world.ORGANISATIONS),
        "project": dice.pick(world.PROJECTS),
        "small": _SMALL[small],
        "small_cap": _SMALL[small].capitalize(),
        "small2": _SMALL[small2],
        "digit": str(digit),
        "digit2": str(dice.below(digit)),
        "nth": _NTH[small],
        "big": str(dice.between(120, 980)),
        "mil": str(dice.between(2, 48)),
        "day": f"{when:%A}",
        "prevday": f"{when - timedelta(days=1):%A}",
        "month": f"{when - timedelta(days=when.day):%B}",
    }
    for name, value in (("n1", n1), ("n2", n2), ("n3", n3)):
        words[name] = str(value)
        words[f"{name}th"] = (
            f"{value}{'th' if value // 10 == 1 else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"
        )
    return words


def _introduced(paragraphs: list[str], words: dict[str, str]) -> tuple[str, ...]:
    """Whoever is named by surname alone gets the full name at first mention."""
    for role in ("official", "expert", "critic", "resident"):
        name, surname = words[role], words[role].split(" ", 1)[1]
        for number, text in enumerate(paragraphs):
            if surname in text:
                if name not in text.split(surname, 1)[0] + surname:
                    paragraphs[number] = text.replace(surname, name, 1)
                break
    return tuple(paragraphs)


def _tidy(text: str) -> str:
    return re.sub(r" +([,.;])", r"\1", text)


def _twin(first: DemoStory, code: int, restyle: Callable[[str], str]) -> DemoStory:
    """The same story sent again two hours later, its title in another case with other quotes and dashes."""
    title = first.title.translate(_PLAIN_MARKS)
    return replace(
        first,
        code=code,
        title=restyle(title),
        listed_at=first.listed_at + timedelta(hours=2),
        published=first.listed_at + timedelta(hours=2),
        modified=None,
        paragraphs=first.paragraphs[:-1],
        comments=(),
        photo=None,
        caption=None,
    )


def _in_arabic(by_code: dict[int, DemoStory]) -> DemoStory:
    (code,) = plants.codes("windows-1256")
    text = tomllib.loads((_PLOTS / "arabic.toml").read_text("utf-8"))
    when = by_code[code - 1].listed_at + timedelta(minutes=7)
    return DemoStory(
        code=code,
        title=text["title"],
        section="culture",
        listed_at=when,
        published=when,
        kicker="Poetry",
        lead=text["lead"],
        paragraphs=tuple(text["paragraphs"]),
        tags=("Poetry", "Saltmarch", "شعر"),
        authors=(world.REPORTERS[4],),
        photo="A line of chalk on a wall",
        caption="The line on the harbour wall: «البحر باب لا يغلق».",
        charset="windows-1256",
    )


def _empty(by_code: dict[int, DemoStory]) -> DemoStory:
    (code,) = plants.codes("no-body")
    when = by_code[code - 1].listed_at + timedelta(minutes=4)
    return DemoStory(
        code=code,
        title="In Pictures: First Frost on the Strait",
        section="environment",
        listed_at=when,
        published=when,
        paragraphs=(),
        tags=("Weather",),
    )


def _with_featured(stories: list[DemoStory]) -> list[DemoStory]:
    """Each page features the 8 to 13 stories before it; the oldest pages feature the newest stories.

    The quirks are those of real blocks: the first entry has no date, two have an alt text of their own,
    two have no picture, the others repeat the title as alt text.
    """
    shown = [s for s in stories if s.hidden in (None, "related") and s.published and s.paragraphs]
    # Windows overlap by far, so that a story named by featured blocks alone is met several times.
    result = []
    for story in stories:
        dice = Dice(f"featured/{story.code}")
        count = dice.between(8, 13)
        before = [s for s in shown if s.listed_at < story.listed_at and s.title != story.title][-count:]
        if len(before) < count:
            before = [*before, *[s for s in shown if s is not story][-(count - len(before)) :]]
        entries = [_featured(entry, place, count) for place, entry in enumerate(reversed(before))]
        result.append(replace(story, featured=tuple(entries)))
    return result


def _featured(story: DemoStory, place: int, count: int) -> Featured:
    alt: str | None = story.title
    if place in (2, 3):
        alt = None
    elif place in (0, count - 1) and story.photo:
        alt = story.photo
    return Featured(story.code, story.title, alt, story.published if place else None)


def _with_links(stories: list[DemoStory]) -> list[DemoStory]:
    """Every seventh story links an earlier one of its section in its second paragraph."""
    slug_plant = plants.planted("variant-slug")[0]
    result: list[DemoStory] = []
    for number, story in enumerate(stories):
        target = next(
            (s for s in reversed(result[:-6]) if s.section == story.section and not s.hidden and s.published),
            None,
        )
        path = target.path if target else ""
        if slug_plant.linked_from.endswith(str(story.code)):
            target = next(s for s in stories if s.code == slug_plant.code)
            path = slug_plant.path.format(code=target.code, slug=target.slug)
        elif number % 7 or story.charset != "utf-8":
            target = None
        if target and target.published and len(story.paragraphs) > 1:
            text = f"our report of {target.published.day} {target.published:%B}"
            paragraphs = (
                story.paragraphs[0],
                f"{story.paragraphs[1]} More on this is in {text}.",
                *story.paragraphs[2:],
            )
            story = replace(story, paragraphs=paragraphs, links=(BodyLink(1, text, target.code, path),))
        result.append(story)
    return result
