"""A generated news site with pages as heavy as real ones, served from a process of its own.

    PYTHONPATH=. python -m benchmarks.speed.replica_site --stories 1000 --port 8900

Stories of 80 to 120 KB in three templates, some 220 links each, gzip on the wire; listings of 40 stories; one page of
10 MB. All of it follows from a story's number, so that 30,000 stories need no disk and no memory.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from multiprocessing import Pipe, get_context
from typing import Any

_A_LISTING = 40  # stories
_RELATED = 12  # links to other stories, beside those of menus and sidebars
_NEWEST = datetime(2026, 11, 1, 12, tzinfo=UTC)
_HUGE = 10_000_000  # bytes of the one page that is no story
_SECTIONS = ("politics", "economy", "culture", "science", "sport", "travel", "opinion", "regions")
_SYLLABLES = [
    "ba",
    "den",
    "ki",
    "lor",
    "mu",
    "nes",
    "po",
    "rit",
    "sa",
    "tol",
    "vi",
    "wen",
    "ga",
    "hel",
    "jo",
    "kan",
]
_VOCABULARY = ["".join(some) for length in (1, 2, 3) for some in product(_SYLLABLES, repeat=length)]


def _words(chosen: random.Random, count: int) -> list[str]:
    return chosen.choices(_VOCABULARY, k=count)


@lru_cache(maxsize=4096)
def _title(number: int) -> str:
    return " ".join(_words(random.Random(number), 8)).capitalize() + f" {number}"


@dataclass(frozen=True)
class ReplicaSite:
    """The pages of a site with so many stories, by their paths."""

    stories: int

    def page(self, path: str) -> str | None:
        """The HTML at a path; None where there is nothing."""
        if path == "/":
            return self._listing(1)
        if path == "/huge":
            return f"<html><body><h1>All names</h1><ul>{'<li>A name of many</li>' * (_HUGE // 23)}</ul></body></html>"
        kind, _, rest = path.strip("/").partition("/")
        if kind == "latest" and rest.isdigit() and 1 < int(rest) <= self._listings:
            return self._listing(int(rest))
        number = rest.partition("-")[0]
        if kind in _SECTIONS and number.isdigit() and int(number) < self.stories:
            return self._story(int(number)) if path == self.path_of(int(number)) else None
        if kind in _SECTIONS and not rest:
            return self._frame(
                kind.title(), f"<main><h1>{kind.title()}</h1>{self._teasers(range(8))}</main>", 0
            )
        return None

    def path_of(self, number: int) -> str:
        """The path of a story."""
        return (
            f"/{_SECTIONS[number % len(_SECTIONS)]}/{number}-{'-'.join(_title(number).lower().split()[:5])}"
        )

    @property
    def _listings(self) -> int:
        return -(-self.stories // _A_LISTING)

    def _teasers(self, numbers: range) -> str:
        there = (number for number in numbers if 0 <= number < self.stories)
        return "".join(
            f'<article class="teaser"><h3><a href="{self.path_of(one)}">{_title(one)}</a></h3>'
            f"<time datetime={self._date(one):%Y-%m-%d}>{self._date(one):%d %B %Y}</time></article>"
            for one in there
        )

    def _date(self, number: int) -> datetime:
        return _NEWEST - timedelta(minutes=47 * number)

    def _listing(self, page: int) -> str:
        start = (page - 1) * _A_LISTING
        onward = f'<a rel="next" href="/latest/{page + 1}">Older stories</a>' if page < self._listings else ""
        huge = '<a href="/huge">All names</a>' if page == 1 else ""
        main = f"<main><h1>Latest</h1>{self._teasers(range(start, start + _A_LISTING))}{onward}{huge}</main>"
        return self._frame("Latest", main, 0)

    @cached_property
    def _menu(self) -> str:
        items = "".join(
            f'<li class="menu-item depth-{n % 3}"><a href="/{section}?topic={n}" class="menu-link">'
            f"<span class=label>{section.title()} {n}</span></a></li>"
            for n in range(12)
            for section in _SECTIONS
        )
        return f'<nav class="site-menu"><ul>{items}</ul></nav>'

    @cached_property
    def _scripts(self) -> str:
        chosen = random.Random(7)
        rows = [{"slot": n, "size": [300, 250], "key": " ".join(_words(chosen, 6))} for n in range(300)]
        return f"<script>window.adSlots = {json.dumps(rows)};</script>"

    @cached_property
    def _style(self) -> str:
        rules = (f".c{n}-box .inner > a:hover {{ color: #{n:06x}; padding: {n % 9}px }}" for n in range(300))
        return f"<style>{' '.join(rules)}</style>"

    def _frame(self, title: str, main: str, template: int, head: str = "") -> str:
        footer = "".join(
            f'<a href="/{name}/about-{n}">About {n}</a> ' for n in range(5) for name in _SECTIONS
        )
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Replica</title>'
            f'{head}{self._style}</head><body class="template-{template}"><header><a href="/">The Replica</a>'
            f"{self._menu}</header>{main}{self._scripts}<footer>{footer}</footer></body></html>"
        )

    def _story(self, number: int) -> str:
        chosen = random.Random(~number)
        title, date, template = _title(number), self._date(number), number % 3
        author = " ".join(name.title() for name in _words(chosen, 2))
        section = _SECTIONS[number % len(_SECTIONS)]
        paragraphs = [
            f"<p>{' '.join(_words(chosen, chosen.randint(30, 90))).capitalize()}.</p>" for _ in range(14)
        ]
        related = self._teasers(range(number + 1, number + 1 + _RELATED // 2))
        related += self._teasers(range(number - _RELATED // 2, number))
        rail = "".join(
            f'<div class="card c{n}"><div class="inner"><a href="{self.path_of(n % self.stories)}">'
            f'<img src="/i/{n}.jpg" alt=""><span>{_title(n % self.stories)}</span></a></div></div>'
            for n in range(40)
        )
        body = "".join(
            text + ('<aside class="ad"><div>Advertisement</div></aside>' if n % 5 == 4 else "")
            for n, text in enumerate(paragraphs)
        )
        moment = date.isoformat()
        declared = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": moment,
            "author": {"@type": "Person", "name": author},
            "image": f"/pictures/{number}.jpg",
        }
        head = (
            f'<link rel="canonical" href="{self.path_of(number)}"><meta property="og:title" content="{title}">'
            f'<meta property="article:published_time" content="{moment}">'
            f'<meta property="og:image" content="/pictures/{number}.jpg">'
            f'<script type="application/ld+json">{json.dumps(declared)}</script>'
        )
        printed = f'<time datetime="{moment}">{date:%d %B %Y, %H:%M}</time>'
        comments = "".join(
            f'<li class="comment"><b>Reader {n}</b><p>{" ".join(_words(chosen, 40))}</p></li>'
            for n in range(chosen.randint(0, 90))
        )
        below = f'<section class="related"><h2>Related stories</h2>{related}</section>'
        below += f'<aside class="rail">{rail}</aside><ol class="comments">{comments}</ol>'
        if template == 0:
            main = (
                f'<main><article class="story"><h1>{title}</h1><p class="byline">By <a rel="author" '
                f'href="/authors/{author.replace(" ", "-").lower()}">{author}</a> {printed}</p>'
                f'<div class="story-body">{body}</div></article>{below}</main>'
            )
        elif template == 1:
            main = (
                f'<div id="content"><div class="crumbs"><a href="/{section}">{section.title()}</a></div>'
                f'<h1 class="headline">{title}</h1><div class="meta">{printed} | {author}</div>'
                f'<div class="entry">{body}</div>{below}</div>'
            )
        else:
            main = (
                f'<div class="wrap"><div class="col-8"><div class="kicker">{section.title()}</div><h1>{title}</h1>'
                f'{printed}<div class="text">{body}</div><div class="author-box">{author}</div></div>'
                f'<div class="col-4">{below}</div></div>'
            )
        return self._frame(title, main, template, head)


def _handler(site: ReplicaSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            tag = f'"{zlib.crc32(self.path.encode())}"'  # pages never change
            unchanged = self.headers.get("If-None-Match") == tag
            found = None if unchanged else site.page(self.path)
            body = b"" if unchanged else gzip.compress((found or "nothing here").encode(), 1)
            self.send_response(304 if unchanged else 404 if found is None else 200)
            self.send_header("ETag", tag)
            if not unchanged:
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if not unchanged:
                self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Keep still."""

    return Handler


def _serve(stories: int, port: int, told: Any = None) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(ReplicaSite(stories)))
    server.daemon_threads = True
    if told is not None:
        told.send(server.server_address[1])
    server.serve_forever()


@contextmanager
def served(stories: int) -> Iterator[str]:
    """The address of the site, served by a process of its own for as long as the block runs."""
    mine, its = Pipe()
    process = get_context("spawn").Process(target=_serve, args=(stories, 0, its), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{mine.recv()}"
    finally:
        process.terminate()
        process.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--port", type=int, default=8900)
    given = parser.parse_args()
    print(f"http://127.0.0.1:{given.port}/ until Ctrl+C", flush=True)
    _serve(given.stories, given.port)


if __name__ == "__main__":
    main()
