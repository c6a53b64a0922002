"""A crawl that shows no page loads nothing of the browser."""

import subprocess
import sys
from pathlib import Path

LOADED = """
import sys
import newscrawler.spiders.site, newscrawler.middlewares.browser_pages, newscrawler.commands.crawl
from scrapy.utils.misc import load_object
from newscrawler import settings
for name in [*settings.DOWNLOADER_MIDDLEWARES, *settings.EXTENSIONS, *settings.ITEM_PIPELINES]:
    load_object(name)
print(sorted({name.partition(".")[0] for name in sys.modules} & {"playwright", "scrapy_playwright", "psutil"}))
"""


def test_neither_playwright_nor_the_watch_is_imported():
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == "[]", done.stderr
