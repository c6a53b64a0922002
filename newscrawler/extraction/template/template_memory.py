"""The memory of a site's template: a bounded sample of its story pages, and what they have in common.

The sample are the pages whose keys have the smallest hashes (bottom-k sampling): which pages it holds, and so all
that is concluded from them, does not depend on the order in which pages came or came again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from math import ceil
from typing import Any

from newscrawler.extraction.html.site_template import NO_TEMPLATE, Siblings, SiteTemplate
from newscrawler.extraction.template.bottom_sample import BottomSample
from newscrawler.extraction.template.page_facts import Evidence, PageFacts, SiblingFacts

SAMPLE = (
    1000  # stories of one site that are remembered: 1 % of them are ten, enough to tell habit from chance
)
SIBLINGS = 3000  # pages of any kind of which the group is remembered
_VERSION = 3  # of the plain data
_FEWEST_STORIES = 6  # below, a site is read page by page
_FEWEST_SHARING = 3  # stories that share a line before it is boilerplate
_SHARE = 0.01  # of the stories; the same, on a large sample
_COMMON = 0.05  # of the pages: a line so common does not tell one story from another
_TELLING = 3  # longest lines by which two pages are the same story
_INSIDE = 0.5  # share of a short line's pages where it is inside the body, as a column's subheadings are
_HALF = 0.5  # of the stories: a short line on so many is no subheading
_MASTHEAD_SHARE = 0.3  # of the stories: a heading of fewer may be a weekly column's
_AFFIX_SHARE = 0.05  # of the titles that have one head or tail
_FEWEST_AFFIXED = 4
_VALUE_SHARE = 0.8  # of the pages that declare the field
_FEWEST_VALUES = 8
_FEWEST_DATES = 20  # stories with one date: fewer may well be of one day
_DATES = frozenset(("published", "modified"))
_FEWEST_AGREEING = 5  # stories that have a field in one element
_AGREEMENT = 0.8  # of the stories whose field was found: as in `sites.learning`
_FOUND_SHARE = 0.1  # of a template's stories: a field found on fewer may be found there by accident
_FEWEST_AT_PLACE = 3  # stories with one place of the headline or text, from which it belongs to the template
# Between a headline and what a site adds to it: as in `site_affixes`, and a colon.
_SEPARATOR = re.compile(
    r"\s+[-–—―·•~:/<>|｜]+\s+|\s*[|｜ㅣ»«›‹•_]+\s*|\s*::+\s*|:\s+|(?<=[^\x00-\x7f])[-－](?=\S)"
)
_MOST_PARTS = 4  # pieces of a title that may be the site's, from either end
_LONGEST_AFFIX = 80  # characters


class TemplateMemory:
    """The pages of one site that are remembered, and the template that they share. Plain data in, plain data out."""

    def __init__(self, kept: Mapping[str, Any] | None = None) -> None:
        self._stories: BottomSample[PageFacts] = BottomSample(SAMPLE)
        self._siblings: BottomSample[SiblingFacts] = BottomSample(SIBLINGS)
        self._template: SiteTemplate | None = None
        self._read(kept or {})

    def __len__(self) -> int:
        """Pages that are remembered, stories and others."""
        return len(self._siblings)

    def wants(self, key: str) -> bool:
        """True when the facts of a story's page with this key would be remembered: others need not be gathered."""
        return self._stories.wants(page_hash(key))

    def add_story(self, key: str, facts: PageFacts) -> None:
        """Remember a story's page by its key; the same page again takes the place of its earlier facts."""
        if self._stories.add(page_hash(key), facts):
            self._template = None

    def add_sibling(self, key: str, facts: SiblingFacts) -> None:
        """Remember what a page of any kind tells of its group."""
        if self._siblings.add(page_hash(key), facts):
            self._template = None

    @property
    def story_pages(self) -> int:
        """Number of stories' pages that are remembered."""
        return len(self._stories)

    @property
    def template(self) -> SiteTemplate:
        """The template that the remembered pages share."""
        if self._template is None:
            self._template = _template_of(self._stories.values(), self._siblings.values())
        return self._template

    def to_dict(self) -> dict[str, Any]:
        """Plain data for the journal, which the constructor takes."""
        often = Counter(key for facts in self._stories.values() for keys in facts[:5] for key in set(keys))
        kept = {key for key, count in often.items() if count > 1}
        groups = sorted({facts.group for facts in self._siblings.values()})
        numbers = {group: number for number, group in enumerate(groups)}
        return {
            "version": _VERSION,
            "stories": {str(page): facts.to_list(kept) for page, facts in self._stories.items()},
            "groups": groups,
            "siblings": {
                str(page): [numbers[facts.group], int(facts.is_story), int(facts.evidence)]
                for page, facts in self._siblings.items()
            },
        }

    def _read(self, kept: Mapping[str, Any]) -> None:
        if kept.get("version") != _VERSION:
            return  # nothing, or another version's: learned anew
        for page, data in kept["stories"].items():
            self._stories.add(int(page), PageFacts.from_list(data))
        for page, (number, is_story, evidence) in kept["siblings"].items():
            facts = SiblingFacts(str(kept["groups"][number]), Evidence(evidence), bool(is_story))
            self._siblings.add(int(page), facts)


def page_hash(key: str) -> int:
    """The 53-bit hash by which a page is in the sample or not; JSON keeps such numbers exactly."""
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=7).digest(), "big") >> 3


def _template_of(pages: list[PageFacts], siblings: list[SiblingFacts]) -> SiteTemplate:
    stories = _stories(pages)
    count = len(set(stories))
    if count < _FEWEST_STORIES:
        return NO_TEMPLATE
    fewest = max(_FEWEST_SHARING, ceil(_SHARE * count))
    on = Counter(key for page in pages for key in page.lines)
    inside = Counter(key for page in pages for key in page.inside)
    lines = _shared((page.lines for page in pages), stories, fewest)
    inner = {key for key in lines if inside[key] >= _INSIDE * on[key] and lines[key] < _HALF * count}
    texts = _shared((page.body for page in pages), stories, fewest)
    headings = _shared((page.headings for page in pages), stories, max(fewest, ceil(_MASTHEAD_SHARE * count)))
    heads, tails = _affixes(pages, stories)
    return SiteTemplate(
        stories=count,
        lines=frozenset(lines.keys() - inner),
        everywhere=frozenset(key for key, sharing in lines.items() if sharing >= _HALF * count),
        texts=frozenset(texts),
        headings=frozenset(headings),
        heads=heads,
        tails=tails,
        values=_values(pages, stories),
        siblings=_counts(siblings),
        dated_siblings=_counts(one for one in siblings if one.evidence & Evidence.DATED),
        elements=_elements(pages, stories),
        places=(places := _places(pages, stories)),
        agreement=sum(not places.isdisjoint(_places_of(page)) for page in pages) / len(pages),
    )


def _counts(siblings: Iterable[SiblingFacts]) -> dict[str, Siblings]:
    named = Evidence.NEWS_TYPE | Evidence.NEWS_WORD | Evidence.LISTED
    groups: defaultdict[str, list[SiblingFacts]] = defaultdict(list)
    for one in siblings:
        groups[one.group].append(one)
    return {
        group: Siblings(
            len(pages),
            sum(page.is_story for page in pages),
            sum(bool(page.evidence & Evidence.DATED) for page in pages),
            sum(bool(page.evidence & named) for page in pages),
            sum(bool(page.evidence & Evidence.FED) for page in pages),
        )
        for group, pages in groups.items()
    }


def _stories(pages: list[PageFacts]) -> list[int]:
    """For each page a number of its story: pages with the same longest lines (prints, aliases) are one."""
    often = Counter(key for page in pages for key in set(page.longest))
    most = max(10, _COMMON * len(pages))
    numbers: dict[tuple[int, ...], int] = {}
    found = []
    for page in pages:
        own = [key for key in page.longest if often[key] <= most] or list(page.longest)
        found.append(numbers.setdefault(tuple(sorted(own[:_TELLING])), len(numbers)))
    return found


def _shared(keys: Iterable[Iterable[int]], stories: list[int], fewest: int) -> dict[int, int]:
    """Keys that at least `fewest` different stories have, with their number."""
    once: dict[int, int] = {}
    many: defaultdict[int, set[int]] = defaultdict(set)
    for story, page in zip(stories, keys, strict=True):
        for key in page:
            if once.setdefault(key, story) != story:
                many[key].update((once[key], story))
    return {key: len(found) for key, found in many.items() if len(found) >= fewest}


def _affixes(pages: list[PageFacts], stories: list[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Heads and tails, with their separators, that titles of different stories share; the longest first."""
    heads: defaultdict[str, set[int]] = defaultdict(set)
    tails: defaultdict[str, set[int]] = defaultdict(set)
    titled: set[int] = set()
    for page, story in zip(pages, stories, strict=True):
        for title in page.titles:
            titled.add(story)
            cuts = list(_SEPARATOR.finditer(title))
            for cut in cuts[:_MOST_PARTS]:
                if 0 < cut.end() <= _LONGEST_AFFIX:
                    heads[title[: cut.end()]].add(story)
            for cut in cuts[-_MOST_PARTS:]:
                if cut.start() and len(title) - cut.start() <= _LONGEST_AFFIX:
                    tails[title[cut.start() :]].add(story)
    fewest = max(_FEWEST_AFFIXED, ceil(_AFFIX_SHARE * len(titled)))

    def chosen(found: dict[str, set[int]]) -> tuple[str, ...]:
        return tuple(sorted((one for one, who in found.items() if len(who) >= fewest), key=len, reverse=True))

    return chosen(heads), chosen(tails)


def _elements(pages: list[PageFacts], stories: list[int]) -> dict[str, dict[str, str]]:
    """By the headline's path, for each field the path of the element in which most stories have it."""
    templates: defaultdict[str, set[int]] = defaultdict(set)
    found: defaultdict[tuple[str, str], defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for page, story in zip(pages, stories, strict=True):
        headline = page.elements.get("title", "")
        templates[headline].add(story)
        for field, path in page.elements.items():
            if field != "title":
                found[headline, field][path].add(story)
    learned: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for (headline, field), paths in found.items():
        path = max(paths, key=lambda one: (len(paths[one]), one))
        number = len(set().union(*paths.values()))
        fewest = max(_FEWEST_AGREEING, _AGREEMENT * number)
        if path and len(paths[path]) >= fewest and number >= _FOUND_SHARE * len(templates[headline]):
            learned[headline][field] = path
    return dict(learned)


def _places_of(page: PageFacts) -> list[tuple[str, str]]:
    return [(name, path) for name in ("title", "body") if (path := page.elements.get(name))]


def _places(pages: list[PageFacts], stories: list[int]) -> frozenset[tuple[str, str]]:
    found: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for page, story in zip(pages, stories, strict=True):
        for place in _places_of(page):
            found[place].add(story)
    return frozenset(place for place, having in found.items() if len(having) >= _FEWEST_AT_PLACE)


def _values(pages: list[PageFacts], stories: list[int]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for page, story in zip(pages, stories, strict=True):
        for name, declared in page.values.items():
            for value in declared:
                found[name][value].add(story)
    shared = {}
    for name, values in found.items():
        declaring = len(set().union(*values.values()))
        if declaring >= (_FEWEST_DATES if name in _DATES else _FEWEST_VALUES):
            shared[name] = frozenset(v for v, who in values.items() if len(who) >= _VALUE_SHARE * declaring)
    return shared
