"""Videos of the story."""

from __future__ import annotations

import re
from typing import Any

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.fields.story_elements import story_elements
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.structured_data import as_list
from newscrawler.url_cleaning import absolute

_MAX_VIDEOS = 20  # of a story
# URLs of embedded players.
_PLAYERS = re.compile(
    r"^(?:https?:)?//(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com/embed|youtu\.be|player\.vimeo\.com|dailymotion\.com/embed|"
    r"geo\.dailymotion\.com|players\.brightcove\.net|cdn\.jwplayer\.com|content\.jwplatform\.com|player\.twitch\.tv|"
    r"facebook\.com/plugins/video|rutube\.ru/play|vk\.com/video_ext|ok\.ru/videoembed|aparat\.com/video|rumble\.com/embed|"
    r"tiktok\.com/embed|streamable\.com|wistia\.|fast\.wistia|player\.bilibili\.com|ted\.com/talks|ivi\.ru)",
    re.IGNORECASE,
)


def find_videos(document: Document, body: BodyFound) -> Extracted[list[str]]:
    """Absolute URLs of the story's videos."""
    found: dict[str, str] = {}

    def add(reference: Any, source: str) -> None:
        url = absolute(document.base_url, reference) if isinstance(reference, str) else None
        if url is not None and len(found) < _MAX_VIDEOS:
            found.setdefault(url, source)

    facts = document.facts
    for node in (
        *facts.values("video"),
        *(one for one in facts.nodes if "videoobject" in str(one.get("@type")).lower()),
    ):
        if isinstance(node, dict):
            add(next(iter(as_list(node.get("contentUrl") or node.get("embedUrl"))), None), "json-ld")
    for element in story_elements(document, body, "video", "amp-video", "iframe", "amp-youtube"):
        if element.tag == "iframe":
            source = element.get("data-src") or element.get("data-lazy-src") or element.get("src") or ""
            if _PLAYERS.match(source.strip()):
                add(source, "dom")
        elif element.tag == "amp-youtube":
            if re.fullmatch(r"[\w-]{6,20}", code := element.get("data-videoid") or ""):
                add(f"https://www.youtube.com/embed/{code}", "dom")
        else:
            inner = next(element.iter("source"), None)
            add(
                element.get("src")
                or element.get("data-src")
                or (inner.get("src") if inner is not None else None),
                "dom",
            )
    if not found:
        for reference in facts.meta("og:video", "og:video:url", "og:video:secure_url")[:1]:
            add(reference, "opengraph")
    return Extracted(list(found), next(iter(found.values()), "dom"))
