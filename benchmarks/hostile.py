"""Pages that are made to be slow: what reading each takes, in processor time and memory.

    python -m benchmarks.hostile                  # pages of every kind
    python -m benchmarks.hostile --grid           # long strings in every place of a page that is looked at
    python -m benchmarks.hostile attributes links # kinds (or places) that have one of these in their name

A page is read as a crawl reads it, its links offered to a frontier, in a process of its own that is ended after
`--patience` seconds. The command fails when one takes more than `MAX_SECONDS`, holds the event loop for longer than
`MAX_STEP`, or takes more than `MAX_MEGABYTES` beyond what the program takes by itself.
"""

from __future__ import annotations

import argparse
import html
import multiprocessing
import resource
import sys
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from time import process_time

from benchmarks.hostile_pages import KINDS, LONGEST_ADDRESS, PLACES, SOURCES, STRINGS, URL, in_place, page
from newscrawler.discovery import (
    Candidate,
    ExpectedType,
    Frontier,
    LinkType,
    Scope,
    UrlCanonicalizer,
    candidates_of_links,
    feeds_in_page,
    load_more,
    pagination,
    read_in_steps,
)
from newscrawler.extraction import read
from newscrawler.extraction.html.site_template import SiteTemplate
from newscrawler.pipelines.clean import clean_story
from newscrawler.sites import Site
from newscrawler.sites.family import family_selectors

MAX_SECONDS = 1.0
MAX_STEP = 0.5
MAX_MEGABYTES = 400.0
_SITE = Site(
    name="example", title="Example", start=["https://www.example.org/"], title_suffixes=["| Example"]
)
_TEMPLATE = SiteTemplate(
    stories=30,
    lines=frozenset((1,)),
    texts=frozenset((1,)),
    headings=frozenset((1,)),
    heads=("x | ",),
    tails=(" | x",),
)


def visit_page(body: bytes, url: str = URL) -> list[float]:
    """Seconds of the steps that a crawl makes with a long page: reading, and following its links."""
    begin = process_time()
    read_page = read(body, url, "text/html", family=family_selectors, template=_TEMPLATE)
    was_read = process_time()
    frontier = Frontier(UrlCanonicalizer(), Scope([url]))
    parent = Candidate(url, LinkType.SEED, expected_type=ExpectedType.LISTING)
    frontier.offer([parent])
    frontier.next()
    _ = read_page.application, load_more(read_page)
    feeds_in_page(read_page.document.root, read_page.document.base_url)
    pages = pagination(read_page) if read_page.kind != "story" else []
    links = frontier.new_links(read_page.links, read_page.kind, parent)
    frontier.offer(candidates_of_links(links, url, 0, read_page.kind, pages), parent)
    _ = read_page.facts, read_page.head_links
    if read_page.story is not None:
        clean_story(read_page.story, _SITE)
    del read_page, links
    return [was_read - begin, process_time() - was_read]


def visit_source(body: bytes) -> list[float]:
    """Seconds of each step that a crawl makes with a source; other pages have their turn in between."""
    times, last = [], process_time()
    for _ in read_in_steps(body, "http://e.org/"):
        now = process_time()
        times.append(now - last)
        last = now
    return [*times, process_time() - last]


def _child(make: Callable[[], bytes], visit: Callable[[bytes], list[float]], to: Connection) -> None:
    body = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = visit(body)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    to.send((sum(times), max(times), (after - before) / 1024, len(body)))


def measured(
    make: Callable[[], bytes], visit: Callable[[bytes], list[float]], patience: float
) -> tuple[float, float, float, int] | None:
    """Seconds in all, seconds of the longest step, MB of growth, bytes of the page; None when it was ended."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_child, args=(make, visit, sender))
    child.start()
    sender.close()
    try:
        found: tuple[float, float, float, int] | None = receiver.recv() if receiver.poll(patience) else None
    except EOFError:
        found = None
    child.kill()
    child.join()
    return found


def cases(*, grid: bool) -> Iterator[tuple[str, Callable[[], bytes], Callable[[bytes], list[float]]]]:
    """Name, maker and reader of every page: of the kinds, or of strings in places."""
    if not grid:
        yield from ((name, make, visit_page) for name, make in KINDS.items())
        yield from ((name, make, visit_source) for name, make in SOURCES.items())
        return
    for piece in STRINGS:
        for place in PLACES:
            yield f"{place}: {piece!r}", in_place(place, piece), visit_page
        visit = partial(_visit_address, html.unescape(piece) * (LONGEST_ADDRESS // len(piece)))
        yield f"address: {piece!r}", page, visit


def _visit_address(tail: str, body: bytes) -> list[float]:
    return visit_page(body, f"https://www.example.org/{tail}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="parts of the names of kinds or places")
    parser.add_argument("--grid", action="store_true", help="long strings in every place")
    parser.add_argument("--patience", type=float, default=20.0, help="seconds that a page may take")
    options = parser.parse_args()
    visit_page(page())  # loads what is loaded on first use
    failed = 0
    for name, make, visit in cases(grid=options.grid):
        if options.names and not any(part in name for part in options.names):
            continue
        found = measured(make, visit, options.patience)
        if found is None:
            failed += 1
            print(f"{name:45} ended after {options.patience:.0f} s  TOO MUCH", flush=True)
            continue
        seconds, step, megabytes, size = found
        bad = seconds > MAX_SECONDS or step > MAX_STEP or megabytes > MAX_MEGABYTES
        failed += bad
        if bad or not options.grid:
            print(
                f"{name:45} {size / 1e6:5.1f} MB: {seconds:6.2f} s, longest step {step:5.2f} s, {megabytes:5.0f} MB"
                f"{'  TOO MUCH' if bad else ''}",
                flush=True,
            )
    print(f"{failed} took too much")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
