"""Field by field, what a profile finds on some of its site's story pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from newscrawler.extraction import Page
from newscrawler.sites.profile import Site

ALWAYS = ("title", "body", "published")  # fields that any profile's stories are checked for
ENOUGH = 0.8  # share of the pages that have a field, for its selectors to work


@dataclass(frozen=True)
class FieldCheck:
    """A field on the pages: `found` of them have it, from these `sources`.

    `works` is None where nothing can be said: no page has the field, and stories need not have it.
    """

    name: str
    found: int
    pages: int
    sources: Mapping[str, int]
    works: bool | None


def check_profile(site: Site, pages: Sequence[Page]) -> list[FieldCheck]:
    """The profile's fields, those of `ALWAYS`, and the forms of addresses, on pages read with the profile.

    The selectors of a field work where they find it on most of the pages that have it at all; a field without any
    works where most pages have it.
    """
    stories = [page.story for page in pages if page.story is not None]
    checks = []
    for name in dict.fromkeys((*ALWAYS, *site.fields)):
        if name == "remove":
            continue
        sources = Counter(
            story.sources.get(name, "dom") for story in stories if getattr(story, name) not in (None, "", [])
        )
        found = sources.total()
        if name in site.fields and found:
            works: bool | None = sources["profile"] >= ENOUGH * found
        else:
            works = found >= ENOUGH * len(stories) if name in ALWAYS else None
        checks.append(FieldCheck(name, found, len(stories), dict(sources.most_common()), works))
    if site.story_urls:
        paths = [urlsplit(page.url).path for page in pages if page.story is not None]
        found = sum(any(pattern.fullmatch(path) for pattern in site.story_patterns) for path in paths)
        sources = Counter({"url": found})
        checks.append(
            FieldCheck("story_urls", found, len(paths), dict(+sources), found >= ENOUGH * len(paths))
        )
    return checks
