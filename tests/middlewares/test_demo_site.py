"""The demo site is there for a crawl, under its fixed name, and gone after it."""

import json
import os
import subprocess
import sys
from pathlib import Path

SPIDER = """
import json, sys, threading
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from newscrawler.demo import truth
from newscrawler.middlewares.address_guard import private_origins

TRUTH = truth()
seen = {}

class Probe(scrapy.Spider):
    name = "probe"

    async def start(self):
        for url in ["http://demo-news.example/en/", *TRUTH.variants, *TRUTH.forbidden, "http://127.0.0.1:9/"]:
            yield scrapy.Request(url, self.parse, errback=self.failed, dont_filter=True)

    def parse(self, response):
        seen[response.request.meta.get("redirect_urls", [response.url])[0]] = response.url

    def failed(self, failure):
        seen[failure.request.url] = type(failure.value).__name__

process = AsyncCrawlerProcess({
    "DOWNLOADER_MIDDLEWARES": {
        "newscrawler.middlewares.address_guard.AddressGuardMiddleware": 40,
        "newscrawler.middlewares.demo_site.DemoSiteMiddleware": 50,
    },
    "TWISTED_DNS_RESOLVER": "newscrawler.middlewares.address_guard.PublicResolver",
    "PRIVATE_ADDRESSES": private_origins(["http://demo-news.example/en/"]),
    "ROBOTSTXT_OBEY": True, "REMOTE_CONTROL_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "ERROR", "RETRY_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "DOWNLOAD_DELAY": 0,
})
process.crawl(Probe)
process.start()
left = [thread.name for thread in threading.enumerate() if thread.name == "demo-site"]
print(json.dumps({"seen": seen, "left": left}))
"""


def test_crawl_of_the_demo(tmp_path: Path) -> None:
    from newscrawler.demo import truth

    done = subprocess.run(
        [sys.executable, "-c", SPIDER],
        cwd=Path(__file__).parents[2],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    seen, expected = result["seen"], truth()
    assert seen["http://demo-news.example/en/"] == "http://demo-news.example/en/"
    assert {
        url for url in expected.variants if not seen[url].startswith("http://demo-news.example/")
    } == set()
    assert {seen[url] for url in expected.forbidden} == {"IgnoreRequest"}
    assert seen["http://127.0.0.1:9/"] == "Refused"
    assert result["left"] == []
