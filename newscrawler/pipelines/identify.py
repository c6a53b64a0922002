"""Keys of a story: its id, and those by which duplicates and revisions are found."""

from __future__ import annotations

import hashlib

from scrapy.crawler import Crawler

from newscrawler.arguments import arguments_of
from newscrawler.items import Story
from newscrawler.journal import content_hash
from newscrawler.pipelines.title_key import title_key
from newscrawler.sites import Site


class IdentifyPipeline:
    """Sets story_id, title_key and content_hash."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> IdentifyPipeline:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        return identify(item, arguments_of(self._crawler).site)


def identify(story: Story, site: Site) -> Story:
    """`story` with story_id (by its number, else by its address), title_key and content_hash."""
    story.site = site.name
    own = story.story_code or hashlib.sha256((story.canonical_url or story.url).encode()).hexdigest()[:16]
    story.story_id = f"{site.name}:{own}"
    story.title_key = title_key(story.title, site.title)
    story.content_hash = content_hash(story.title, story.lead, story.body)
    return story
