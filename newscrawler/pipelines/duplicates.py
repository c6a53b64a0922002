"""Stories whose title was seen before on the same site."""

from __future__ import annotations

from newscrawler.items import Story
from newscrawler.pipelines.dropped import Dropped


class DropDuplicateTitles:
    """Drops a story whose title key another story of this run has; the first one stays."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def process_item(self, item: Story) -> Story:
        key = item.title_key or item.url
        twin = self._seen.setdefault(key, item.url)
        if twin != item.url:
            raise Dropped("duplicate-title", f"the same title as {twin}", twin=twin)
        return item
