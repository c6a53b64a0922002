"""What reading a page costs, as a multiple of one lxml parse of it, and where the time goes.

    PYTHONPATH=. python benchmarks/cost.py [folder of saved pages with a manifest.jsonl] [--every N]

CPU time, the least of some rounds a page, parse and `extract` in turn, so that a busy machine disturbs both alike.
Prints the medians over the pages and their ratio; then the mean share of each stage in reading the pages stage by
stage (what several fields use, such as the JSON-LD, counts for the first that asks for it).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import NamedTuple

from lxml import html

from newscrawler.extraction import extract
from newscrawler.extraction.body import body_extractor as body
from newscrawler.extraction.body.body_classifier import body_model
from newscrawler.extraction.dates import find_dates
from newscrawler.extraction.fields.access import find_is_free
from newscrawler.extraction.fields.article_type import find_article_type
from newscrawler.extraction.fields.authors import find_authors
from newscrawler.extraction.fields.canonical_link import find_canonical, story_url
from newscrawler.extraction.fields.comment_count import find_comment_count
from newscrawler.extraction.fields.images import find_images
from newscrawler.extraction.fields.language import find_language
from newscrawler.extraction.fields.related_stories import find_related
from newscrawler.extraction.fields.section import find_section
from newscrawler.extraction.fields.story_code import find_story_code
from newscrawler.extraction.fields.tags import find_tags
from newscrawler.extraction.fields.videos import find_videos
from newscrawler.extraction.headline.title import find_title
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.extraction.page_type.page_classifier import page_kind
from newscrawler.text import count_words

ROUNDS = 3


class Saved(NamedTuple):
    page: bytes
    url: str
    content_type: str | None


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", nargs="?", type=Path, default=Path("../shared/pages"))
    arguments.add_argument("--every", type=int, default=6, help="every n-th page only")
    chosen = arguments.parse_args()
    pages = [
        Saved(gzip.decompress((chosen.folder / row["html"]).read_bytes()), row["url"], row["content_type"])
        for row in map(json.loads, (chosen.folder / "manifest.jsonl").read_text("utf-8").splitlines())
    ][:: chosen.every]
    whole(pages)
    stages(pages)


def whole(pages: Sequence[Saved]) -> None:
    """Prints the medians of parse and extract, and their ratio."""
    parses, extracts = [], []
    extract(*pages[0])
    for saved in pages:
        rounds = [
            (took(lambda s=saved: html.document_fromstring(s.page)), took(lambda s=saved: extract(*s)))
            for _ in range(ROUNDS)
        ]
        parses.append(min(parse for parse, _ in rounds))
        extracts.append(min(reading for _, reading in rounds))
    parse, reading = median(parses), median(extracts)
    print(
        f"{len(pages)} pages; median ms: parse {parse:.2f}, extract {reading:.2f}; ratio {reading / parse:.2f}"
    )
    each = median(one / other for one, other in zip(extracts, parses, strict=True))
    total = sum(extracts) / sum(parses)
    print(f"median of the pages' own ratios {each:.2f}; ratio of the sums {total:.2f}")


def took(work: Callable[[], object]) -> float:
    """Milliseconds of CPU time."""
    begin = process_time()
    work()
    return 1000 * (process_time() - begin)


def stages(pages: Sequence[Saved]) -> None:
    """Prints what each stage takes, as a multiple of the parse."""
    parse = 0.0
    sums: dict[str, float] = {}
    for saved in pages:
        rounds = [
            (took(lambda s=saved: html.document_fromstring(s.page)), _stages(saved)) for _ in range(ROUNDS)
        ]
        parse += min(one for one, _ in rounds)
        for name in rounds[0][1]:
            sums[name] = sums.get(name, 0.0) + min(each[name] for _, each in rounds)
    print("stage, in parses:")
    for name, total in sums.items():
        print(f"  {name:22} {total / parse:.2f}")
    print(f"  {'together':22} {sum(sums.values()) / parse:.2f}")


def _stages(saved: Saved) -> dict[str, float]:
    """Milliseconds of each stage of reading one page as `reading.read` does."""
    times: dict[str, float] = {}
    last = process_time()

    def done(name: str) -> None:
        nonlocal last
        now = process_time()
        times[name] = 1000 * (now - last)
        last = process_time()

    selectors = Selectors()
    document = Document(*saved)
    done("decode and parse")
    _ = document.index
    done("index")
    _ = document.json_ld, document.meta, document.base_url, document.facts.site_keys
    done("declared facts")
    marks = document.marks
    _ = marks.named, marks.labels, marks.props, marks.rels
    done("marks")
    title = find_title(document, selectors)
    done("title")
    blocks, rows, _ = body.rows_of(document, selectors, title)
    done("blocks and features")
    body_model().chances(rows, [len(block.text) for block in blocks])
    done("model")
    text = body.find_body(document, selectors, title)
    done("body, whole")
    times["body, rest"] = max(0.0, times.pop("body, whole") - times["blocks and features"] - times["model"])
    dates = find_dates(document, selectors, None, title.element)
    done("dates")
    page_kind(document, title, text, dates)
    done("page kind")
    find_canonical(document)
    story_url(document)
    done("addresses")
    find_authors(document, selectors, text, title.element)
    done("authors")
    find_section(document, selectors)
    done("section")
    find_tags(document, selectors)
    done("tags")
    find_language(document, text.text)
    done("language")
    find_images(document, text)
    done("images")
    find_videos(document, text)
    done("videos")
    find_related(document, selectors, text)
    done("related")
    find_story_code(document, selectors)
    find_comment_count(document, selectors)
    find_is_free(document)
    find_article_type(document, title.title or "", count_words(text.text))
    done("code, comments, access, type")
    return times


if __name__ == "__main__":
    main()
