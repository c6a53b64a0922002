"""Page kinds and pagination on real pages: the figures that were reached are floors.

Runs where the benchmark's pages are, beside the project's folder.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest

from newscrawler.discovery import pagination
from newscrawler.extraction import Page, read

SHARED = Path(__file__).parents[2].parent / "shared"
LISTINGS, PAGES = SHARED / "listings", SHARED / "pages"
# Of the manifests that the floors were measured on.
DIGESTS = {
    LISTINGS: "fed7e6e2b9bfc63cb21b8b407538802fba9e9b27ee52b1142d6918d7d70d022b",
    PAGES: "fbeeabb5cc585d9660895d52a2a6f0c8d9854a22c3e9b7f9f964c0691b5e2c8c",
}

pytestmark = pytest.mark.skipif(
    not LISTINGS.is_dir() or not PAGES.is_dir(), reason=f"no benchmark pages at {SHARED}"
)


def pages(folder: Path, sources: tuple[str, ...] = ()) -> Iterator[tuple[dict[str, Any], Page]]:
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if sources and row["source"] not in sources:
            continue
        encoding = row.get("encoding")
        content_type = f"text/html; charset={encoding}" if encoding else row.get("content_type")
        yield row, read(gzip.decompress((folder / row["html"]).read_bytes()), row["url"], content_type)


def norm(url: str) -> str:
    return unquote(urldefrag(url)[0]).rstrip("/")


@pytest.mark.parametrize("folder", [LISTINGS, PAGES], ids=lambda folder: folder.name)
def test_the_corpus_is_the_one_that_was_measured(folder: Path) -> None:
    assert sha256((folder / "manifest.jsonl").read_bytes()).hexdigest() == DIGESTS[folder], folder.name


def test_listings() -> None:
    right: Counter[str] = Counter()
    older = 0
    for row, page in pages(LISTINGS):
        truth = row["truth"]
        urls = pagination(page)
        right["no story"] += page.kind != "story"
        if truth["next"]:
            right["next"] += bool(urls) and norm(urls[0]) in {norm(url) for url in truth["next"]}
            older += bool(urls) and norm(urls[0]) in {norm(url) for url in (*truth["next"], *truth["prev"])}
        elif not truth["prev"] and not truth["pages"]:
            right["none"] += not urls
    assert right["no story"] >= 109, "of 112 listing pages; the rest are single articles"
    assert right["none"] >= 29, "of 30 pages without pagination"
    assert right["next"] >= 63, "of 66 labelled next links; 7 of them lead to newer entries"
    assert older >= 65, "of 66 labelled next links, where an older page labelled `prev` counts as well"


def test_stories() -> None:
    missed = [
        row["id"] for row, page in pages(PAGES, ("aeb", "fundus", "newspaper4k")) if page.kind != "story"
    ]
    assert len(missed) <= 1, missed
