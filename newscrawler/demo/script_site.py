"""The demo's JavaScript edition: empty pages, which a script in the browser fills from an interface of the site.

It carries the newest stories of the demo, at the same paths under a host of its own. Nothing is shown before a
consent wall is answered; the front page has a "load more" button, sections grow as they are scrolled; there is no
sitemap and no feed. It answers as `DemoSite` does.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from newscrawler.demo import page_templates, plants
from newscrawler.demo.demo_story import DemoStory, slugify
from newscrawler.demo.picture import draw
from newscrawler.demo.website import DemoSite, Response
from newscrawler.demo.world import AGENCY, SECTIONS

SCRIPT_HOST = "demo-js.example"
SCRIPT_BASE = f"http://{SCRIPT_HOST}"
COUNT = 20
PER_PAGE = 3
_APP = (Path(__file__).parent / "app.js").read_text("utf-8")
_JSON = "application/json; charset=utf-8"
# What is planted in the plain edition stays there.
_LEFT_OUT = ("same-title", "no-date", "no-body", "gone", "windows-1256", "redirect")


class ScriptSite:
    """The whole edition. One object can serve any number of threads: nothing in it changes."""

    def __init__(self, plain: DemoSite) -> None:
        left_out = {code for kind in _LEFT_OUT for code in plants.codes(kind)}  # type: ignore[arg-type] # of Kind
        carried = [story for story in plain.listed if story.code not in left_out][:COUNT]
        self.stories = {story.code: story for story in carried}
        self.respond = lru_cache(maxsize=256)(self._respond)

    def _respond(self, target: str, base: str = SCRIPT_BASE) -> Response:
        """The response to GET `target` (path and query). Absolute links in it start with `base`."""
        try:
            parts = urlsplit(target)
        except ValueError:
            return _not_found()
        path, query = unquote(parts.path), parse_qs(parts.query)
        if path in ("", "/", "/en"):
            return Response(b"", status=302, location=f"{base}/en/")
        if path == "/robots.txt":
            return Response(b"User-agent: *\nDisallow: /api/members/\n", "text/plain; charset=utf-8")
        if path == "/app.js":
            return Response(_APP.encode(), "text/javascript; charset=utf-8")
        if path == "/style.css":
            return Response(page_templates.STYLE.encode(), "text/css; charset=utf-8")
        if match := re.fullmatch(r"/images/(?:t/)?(\d{6})\.png", path):
            return (
                Response(draw(int(match[1])), "image/png") if int(match[1]) in self.stories else _not_found()
            )
        if match := re.fullmatch(r"/api/story/(\d{6})", path):
            story = self.stories.get(int(match[1]))
            return _json(self._facts(story, base)) if story else _not_found()
        if path == "/api/stories":
            return self._list(query)
        match = re.fullmatch(r"/en/news/(\d{6})(?:/[^/]*)?", path)
        known = path == "/en/" or path.removeprefix("/en/") in SECTIONS
        if known or (match and int(match[1]) in self.stories):
            return Response(_shell().encode())
        return _not_found()

    def _list(self, query: dict[str, list[str]]) -> Response:
        section, after = query.get("section", [""])[0], query.get("after", ["0"])[0]
        if not re.fullmatch(r"\d{1,4}", after):
            return _not_found()
        stories = [story for story in self.stories.values() if section in ("", story.section)]
        shown = stories[int(after) : int(after) + PER_PAGE]
        entries = [
            {"path": one.path, "title": one.title, "lead": one.lead, "date": _day(one)} for one in shown
        ]
        return _json({"stories": entries, "more": int(after) + PER_PAGE < len(stories)})

    def related(self, story: DemoStory) -> list[Any]:
        """Of the story's featured block, the entries that this edition carries."""
        return [entry for entry in story.featured if entry.code in self.stories]

    def _facts(self, story: DemoStory, base: str) -> dict[str, Any]:
        return {
            "code": story.code,
            "address": base + story.path,
            "title": story.title,
            "kicker": story.kicker,
            "lead": story.lead,
            "published": story.published.isoformat() if story.published else None,
            "printed": page_templates.long_date(story.published) if story.published else None,
            "modified": story.modified.isoformat() if story.modified else None,
            "authors": [{"name": name, "path": f"/en/author/{slugify(name)}"} for name in story.authors],
            "section": {"name": SECTIONS[story.section], "path": f"/en/{story.section}"},
            "tags": [
                {"name": tag, "path": f"/en/tag/{quote(page_templates.tag_slug(tag))}"} for tag in story.tags
            ],
            "photo": {"path": page_templates.image_path(story.code), "caption": story.caption}
            if story.photo
            else None,
            "paragraphs": list(story.paragraphs),
            "comments": [{"who": who, "text": text} for who, text in story.comments],
            "related": [
                {
                    "path": self.stories[entry.code].path,
                    "title": entry.title,
                    "alt": entry.alt,
                    "image": page_templates.image_path(entry.code, small=True),
                    "date": page_templates.short_date(entry.published) if entry.published else None,
                }
                for entry in self.related(story)
            ],
        }


def _day(story: DemoStory) -> str | None:
    return page_templates.short_date(story.published) if story.published else None


def _shell() -> str:
    sections = json.dumps(SECTIONS)
    return f"""<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(AGENCY)}</title>
<link rel="stylesheet" href="/style.css">
<script>window.SITE = {{"agency": {json.dumps(AGENCY)}, "sections": {sections}}};</script>
<script src="/app.js" defer></script>
</head>
<body>
<div id="app"></div>
<noscript>Please enable JavaScript to read {escape(AGENCY)}.</noscript>
</body>
</html>
"""


def _json(value: Any) -> Response:
    return Response(json.dumps(value, ensure_ascii=False).encode(), _JSON)


def _not_found() -> Response:
    return Response(b"<!DOCTYPE html><title>Not found</title><h1>Not found</h1>", status=404)
