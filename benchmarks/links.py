"""What discovery costs per page, against Scrapy's LinkExtractor on the same pages in the same run.

    PYTHONPATH=. python benchmarks/links.py [folder of saved pages with a manifest.jsonl]

Processor time, in milliseconds per 200 links, the median over the saved pages that have at least 20 links (each
the first page of a site that is not known at all), and the mean over a whole crawl of the demo site. Of each page:

- links: all of them found, merged, classified by their place (the page is parsed already, for both). The fastest of
  some rounds: what is kept from page to page (which addresses the site's pages share, what names of boxes say) is
  known then, as on most pages of a crawl;
- dated: the same, with the dates that are printed beside the stories of a listing;
- offered: every link judged by the frontier, before any request is built. `first` is when the site's URLs are seen
  for the first time, `known` when another page shows the same ones.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor

from newscrawler.demo.website import DemoSite
from newscrawler.discovery import Candidate, Frontier, Scope, UrlCanonicalizer, candidates_of_links
from newscrawler.extraction import read
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.links.link import Link
from newscrawler.extraction.links.link_extractor import find_dated_links, find_links

ROUNDS = 5
LEAST = 20  # links of a page
DEMO = "http://demo-news.example"


def fastest(work: Callable[[], object]) -> float:
    """Milliseconds of the fastest of some rounds."""
    return min(_cost(work) for _ in range(ROUNDS))


def _cost(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return 1000 * (time.process_time() - begin)


def saved_pages(folder: Path) -> Iterator[tuple[Document, HtmlResponse, int]]:
    """The saved pages, parsed for both, and how many link elements each has."""
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = gzip.decompress((folder / row["html"]).read_bytes())
        document = Document(body, row["url"], f"text/html; charset={row.get('encoding') or 'utf-8'}")
        response = HtmlResponse(row["url"], body=body, encoding=document.encoding)
        _ = response.selector
        count = sum(1 for _ in document.root.iter("a"))
        if count >= LEAST:
            yield document, response, count


def offering(document: Document) -> tuple[float, float]:
    """What it costs to offer a page's links: for the first time, and from another page."""
    links = find_links(document)
    frontier = Frontier(UrlCanonicalizer(), Scope([document.url]))
    first, second = (
        Candidate(f"{document.url}{mark}", "seed", expected_type="listing") for mark in ("", "#another")
    )
    frontier.offer([first])
    frontier.next()
    second.key = f"{first.key}/another"
    return tuple(_cost(partial(offer, frontier, links, "listing", page)) for page in (first, second))  # type: ignore[return-value]  # two pages


def offer(frontier: Frontier, links: list[Link], kind: str, parent: Candidate) -> None:
    """What the spider does with the links of a page."""
    links = frontier.new_links(links, kind, parent)
    frontier.offer(candidates_of_links(links, parent.url, parent.depth, kind), parent)


def demo_crawl() -> tuple[float, float, int]:
    """Milliseconds for links and for offering them over a crawl of the demo site, and how many links its pages have."""
    site, base = DemoSite(), DEMO
    frontier = Frontier(UrlCanonicalizer(), Scope([base]))
    frontier.offer([Candidate(f"{base}/en/", "seed", expected_type="listing")])
    finding = offered = 0.0
    count = 0
    while (candidate := frontier.next()) is not None:
        answer = site.respond(candidate.url.removeprefix(base))
        page = read(answer.body, candidate.url, answer.content_type)
        count += sum(1 for _ in page.document.root.iter("a"))
        finding += _cost(partial(getattr, page, "links"))
        offered += _cost(partial(offer, frontier, page.links, page.kind, candidate))
        frontier.report(candidate, page.kind, date=page.story.published if page.story else None)
    return finding, offered, count


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/listings")
    theirs = LinkExtractor()
    rows: list[tuple[float, ...]] = []
    for document, response, count in saved_pages(folder):
        costs = (
            fastest(partial(find_links, document)),
            fastest(partial(find_dated_links, document)),
            *offering(document),
            fastest(partial(theirs.extract_links, response)),
        )
        rows.append(tuple(cost * 200 / count for cost in costs))
    links, dated, first, known, other = (median(column) for column in zip(*rows, strict=True))
    print(f"{len(rows)} saved pages, ms per 200 links: links {links:.2f}, dated {dated:.2f},")
    print(
        f"  offered: first {first:.2f}, known {known:.2f}; LinkExtractor {other:.2f}, {other / links:.1f} times as much"
    )
    finding, offered, count = demo_crawl()
    print(
        f"a crawl of the demo site, {count} links, ms per 200 of them: links {finding * 200 / count:.2f}, ",
        end="",
    )
    print(f"offered {offered * 200 / count:.2f}")


if __name__ == "__main__":
    main()
