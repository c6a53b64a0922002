"""Selectors of a site's fields, learned where its story pages agree on the element."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newscrawler.extraction import Page, Selectors
from newscrawler.sites.learning.element_selectors import unique_selectors
from newscrawler.sites.learning.field_elements import FIELDS, Alternative, field_elements
from newscrawler.sites.learning.saved_page import SavedPage

FEWEST_PAGES = 3  # that must agree: two may do so by chance
AGREEMENT = 0.8  # share of the pages with the field that must agree; the others may be of another template
_TRIED = 3  # selectors of a field with which the pages are read once more


@dataclass(frozen=True)
class LearnedField:
    """One field of a site.

    `selector` is None when nothing is sure; `pages` have a value, on `agreed` of them the selector (the best one that
    there was) selects the value's place and reads the same; `sources` says where general reading found the values.
    """

    name: str
    selector: str | None
    agreed: int
    pages: int
    sources: Mapping[str, int] = field(default_factory=dict)

    @property
    def found_by(self) -> str:
        """The sources with the number of pages of each, the commonest first."""
        return ", ".join(f"{source} {count}" for source, count in Counter(self.sources).most_common())


def learn_fields(saved: Sequence[SavedPage]) -> list[LearnedField]:
    """Each field that some of these story pages have, in a profile's order. Pages without a story are passed over."""
    pairs = [(one, page) for one in saved if (page := one.read()).story is not None]
    elements = [field_elements(page) for _, page in pairs]
    return [
        learned
        for name in FIELDS
        if (learned := _learn(name, pairs, [each.get(name, []) for each in elements])).pages
    ]


def _learn(
    name: str, pairs: Sequence[tuple[SavedPage, Page]], alternatives: Sequence[Sequence[Alternative]]
) -> LearnedField:
    values = [getattr(page.story, name) for _, page in pairs]
    pages = sum(1 for value in values if value)
    sources = Counter(
        page.story.sources.get(name, "dom")
        for (_, page), value in zip(pairs, values, strict=True)
        if page.story is not None and value
    )
    votes: Counter[str] = Counter()
    for (_, page), sets in zip(pairs, alternatives, strict=True):
        selectors = [unique_selectors(page.document.root, elements) for elements in sets]
        votes.update(dict.fromkeys((selector for many in selectors for selector in many), 1))
    best = 0
    # Counted in the order of first sight, in which better selectors stand before others of the same page.
    for selector, count in votes.most_common(_TRIED):
        if not _is_enough(count, pages):
            best = max(best, count)
            break
        agreed = _agreeing(name, selector, pairs, values)
        if _is_enough(agreed, pages):
            return LearnedField(name, selector, agreed, pages, sources)
        best = max(best, agreed)
    return LearnedField(name, None, best, pages, sources)


def _is_enough(agreed: int, pages: int) -> bool:
    return agreed >= max(FEWEST_PAGES, AGREEMENT * pages)


def _agreeing(
    name: str, selector: str, pairs: Sequence[tuple[SavedPage, Page]], values: Sequence[object]
) -> int:
    """The pages on which the selector gives the same value, less those that had none and now have one."""
    selectors = Selectors({name: [selector]})
    agreed = 0
    for (saved, _), value in zip(pairs, values, strict=True):
        story = saved.read(selectors).story
        again = None if story is None or story.sources.get(name) != "profile" else getattr(story, name)
        if value:
            agreed += again == value
        else:
            agreed -= bool(again)
    return agreed
