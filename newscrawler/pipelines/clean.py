"""Clean text in every field: Unicode, invisible characters, white space, site suffix, repeated title."""

from __future__ import annotations

import html
import re
from dataclasses import fields, is_dataclass
from typing import Any

from scrapy.crawler import Crawler

from newscrawler.arguments import arguments_of
from newscrawler.items import Story
from newscrawler.pipelines.title_key import title_key
from newscrawler.sites import Site, with_zone
from newscrawler.text import clean_line, clean_paragraphs, count_words

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ADDRESSES = {"url", "canonical_url", "image", "found_on"}
_VERBATIM = {"sources", "story_id", "site", "found_via", "fetched", "title_key", "content_hash"}


class CleanPipeline:
    """Cleans a story's fields in place. A field that was only white space becomes null."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleanPipeline:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        return clean_story(item, arguments_of(self._crawler).site)


def clean_story(story: Story, site: Site) -> Story:
    """`story`, cleaned; the zone that the profile knows given to dates that have none."""
    for each in fields(story):
        if each.name not in _VERBATIM:
            value = getattr(story, each.name)
            setattr(story, each.name, clean_body(value) if each.name == "body" else _clean(each.name, value))
    story.title = without_suffix(story.title, [*site.title_suffixes, *([site.title] if site.title else [])])
    story.tags = _once(story.tags)
    story.authors = _people(_once(story.authors), site)
    story.body = without_title(story.body, story.title)
    story.word_count = count_words(story.body)
    if site.zone is not None:
        if story.published and (zoned := with_zone(story.published, site.zone)):
            story.published, story.published_zone_from = zoned, "profile"
        if story.modified and (zoned := with_zone(story.modified, site.zone)):
            story.modified = zoned
    if story.language is None and site.language:
        story.language, story.sources["language"] = site.language, "profile"
    return story


def clean_body(text: str) -> str:
    """Paragraphs cleaned one by one, entities that were encoded twice decoded."""
    return clean_paragraphs(_decoded(text))


def _clean(name: str, value: Any) -> Any:
    if isinstance(value, str):
        if name in _ADDRESSES or name == "url":
            return value.strip() or None
        return clean_line(_decoded(value)) or (None if name != "title" else "")
    if isinstance(value, list):
        return [cleaned for each in value if (cleaned := _clean(name, each)) not in (None, "")]
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            setattr(value, each.name, _clean(each.name, getattr(value, each.name)))
    return value


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def without_suffix(title: str, suffixes: list[str]) -> str:
    """`title` without a site's name behind a separator at its end; never left empty."""
    for suffix in suffixes:
        pattern = rf"\s*[-–—|·:»/]+\s*{re.escape(suffix.strip(' -–—|·:'))}\s*$"
        shorter = re.sub(pattern, "", title, flags=re.IGNORECASE)
        if shorter:
            title = shorter
    return title


def without_title(body: str, title: str) -> str:
    """`body` without a first paragraph that only repeats the title; a body that is nothing else stays."""
    first, _, rest = body.partition("\n\n")
    return rest if rest and title_key(first) == title_key(title) else body


def _people(authors: list[str], site: Site) -> list[str]:
    """`authors` without the site itself, which pages credit where nobody is named."""
    return [name for name in authors if not site.title or title_key(name) != title_key(site.title)]


def _once(values: list[str]) -> list[str]:
    return list({value.casefold(): value for value in reversed(values)}.values())[::-1]
