"""A crawl of invented stories in a process of its own, with the project's feeds and no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SPIDER = """
import json, sys
from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerProcess
from newscrawler.feeds.formats import exporters
from newscrawler.items import Image, RelatedStory, Story

class Stories(Spider):
    name = "harbour"

    start_urls = ["data:text/html,stories"]

    def parse(self, response):
        for facts in given["stories"]:
            facts = dict(facts)
            facts["related"] = [RelatedStory(**one) for one in facts.get("related", [])]
            facts["images"] = [Image(**one) for one in facts.get("images", [])]
            yield Story(**facts)

def then():
    exec(given["then"], {"crawler": crawler})

given = json.load(sys.stdin)
process = AsyncCrawlerProcess({
    "FEED_STORAGES": {
        "": "newscrawler.feeds.storage.StoryFileStorage",
        "file": "newscrawler.feeds.storage.StoryFileStorage",
    },
    "FEED_EXPORTERS": exporters(),
    "EXTENSIONS": {"newscrawler.feeds.delivery.Delivery": 20, **given["extensions"]},
    "FEED_URI_PARAMS": "newscrawler.feeds.uri_params.uri_params",
    "FEED_EXPORT_ENCODING": "utf-8",
    "FEED_STORE_EMPTY": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "LOG_LEVEL": "WARNING",
    **given["settings"],
})
crawler = process.create_crawler(Stories)
crawler.signals.connect(then, signals.spider_idle)
process.crawl(crawler)
process.start()
stats = crawler.stats.get_stats()
print(json.dumps({key: value for key, value in stats.items() if key.startswith(("feedexport", "finish_r"))}))
"""


def crawl(
    folder: Path,
    feeds: dict[str, dict[str, Any]],
    stories: list[dict[str, Any]],
    *,
    then: str = "",
    settings: dict[str, Any] | None = None,
    extensions: dict[str, int] | None = None,
    expect: int = 0,
) -> tuple[dict[str, Any], str]:
    """Run it in `folder`, with the code `then` at its end; returns the feeds' stats and what was logged."""
    given = {
        "stories": stories,
        "then": then,
        "extensions": extensions or {},
        "settings": {"FEEDS": feeds, **(settings or {})},
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SPIDER],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": os.environ["PATH"]},
        timeout=120,
        check=False,
    )
    assert done.returncode == expect, done.stderr
    return (json.loads(done.stdout) if expect == 0 else {}), done.stderr


def story(number: int, **facts: Any) -> dict[str, Any]:
    return {
        "story_id": f"harbour:{number}",
        "site": "harbour",
        "story_code": f"{number:06d}",
        "url": f"https://harbour.example/en/news/{number}/a-slug",
        "title": f"Ferry number {number} leaves the old quay",
        "body": "The ferry left.\n\nNobody waved.",
        "word_count": 5,
        "published": "2026-03-14T06:28:00",
        **facts,
    }
