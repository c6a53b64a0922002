"""Pictures and videos of the story."""

from __future__ import annotations

from newscrawler.extraction.body import BodyFound
from newscrawler.extraction.document import Document
from newscrawler.extraction.found import Found
from newscrawler.items import Image


def find_images(document: Document, body: BodyFound) -> Found[list[Image]]:
    """The story's pictures, the main one first; no logos, icons, trackers or other stories' teasers."""
    return Found([], "dom")


def find_videos(document: Document, body: BodyFound) -> Found[list[str]]:
    """Absolute URLs of the story's videos."""
    return Found([], "dom")
