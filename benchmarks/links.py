"""What the links of a page cost, against Scrapy's LinkExtractor on the same pages in the same run.

    PYTHONPATH=. python benchmarks/links.py [folder of saved pages with a manifest.jsonl]

Prints milliseconds per 200 links (all links found, merged and classified; the page is already parsed for
both), the median over the pages that have at least 20 links, and the ratio.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor

from newscrawler.extraction.document import Document
from newscrawler.extraction.links import find_links

ROUNDS = 3


def fastest(work: Callable[[], object]) -> float:
    """Milliseconds of the fastest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return 1000 * min(times)


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/listings")
    theirs = LinkExtractor()
    ours_ms, theirs_ms = [], []
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = gzip.decompress((folder / row["html"]).read_bytes())
        document = Document(body, row["url"], f"text/html; charset={row.get('encoding') or 'utf-8'}")
        response = HtmlResponse(row["url"], body=body, encoding=document.encoding)
        _ = response.selector
        count = sum(1 for _ in document.root.iter("a"))
        if count < 20:
            continue
        ours_ms.append(fastest(lambda d=document: find_links(d)) * 200 / count)
        theirs_ms.append(fastest(lambda r=response: theirs.extract_links(r)) * 200 / count)
    ours, other = median(ours_ms), median(theirs_ms)
    print(f"pages: {len(ours_ms)}; ms per 200 links: find_links {ours:.2f}, LinkExtractor {other:.2f}")
    print(f"ratio: {other / ours:.1f}")


if __name__ == "__main__":
    main()
