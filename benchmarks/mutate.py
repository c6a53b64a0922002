"""Break real pages in many ways, and see that reading them neither raises, nor hangs, nor eats memory.

    python -m benchmarks.mutate ../shared/pages                # 10,000 pages
    python -m benchmarks.mutate ../shared/pages --count 300

Every mutation follows from `--seed` and its number alone. Each chunk of pages is read in a process of its own,
whose peak of memory is told; a page over 5 s or a process over 1 GB fails the command, as does an exception.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from newscrawler.extraction import extract

MAX_SECONDS = 5.0
MAX_MEGABYTES = 1024.0
_CHUNK = 250
_CHARSETS = (
    "utf-8",
    "utf-16",
    "utf-7",
    "iso-2022-jp",
    "hz-gb-2312",
    "windows-1256",
    "big5",
    "idna",
    "rot13",
    "☠",
)

Mutation = Callable[[random.Random, bytes, bytes], bytes]


class Outcome(NamedTuple):
    """What reading one mutated page took; `error` is None when nothing was raised."""

    number: int
    name: str
    seconds: float
    error: str | None


def truncated(rng: random.Random, page: bytes, other: bytes) -> bytes:
    return page[: rng.randrange(len(page) + 1)]


def spliced(rng: random.Random, page: bytes, other: bytes) -> bytes:
    return page[: rng.randrange(len(page) + 1)] + other[rng.randrange(len(other) + 1) :]


def flipped(rng: random.Random, page: bytes, other: bytes) -> bytes:
    changed = bytearray(page)
    for _ in range(min(len(changed), rng.choice((1, 30, 1000, 20_000)))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def shuffled(rng: random.Random, page: bytes, other: bytes) -> bytes:
    pieces = page.split(b"<")
    rng.shuffle(pieces)
    return b"<".join(pieces)


def repeated(rng: random.Random, page: bytes, other: bytes) -> bytes:
    start = rng.randrange(len(page) + 1)
    piece = page[start : start + rng.randrange(1, 2000)]
    return page[:start] + piece * rng.choice((2, 50, 500)) + page[start:]


def lying(rng: random.Random, page: bytes, other: bytes) -> bytes:
    name = rng.choice(_CHARSETS)
    meta = f'<meta charset="{name}"><meta http-equiv=content-type content="text/html; charset={name}">'
    mark = rng.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    return mark + meta.encode() + page


def unquoted(rng: random.Random, page: bytes, other: bytes) -> bytes:
    return page.replace(rng.choice((b'"', b"'", b">", b"</", b"<", b" ")), b"", rng.choice((1, 10, 1000)))


def hostile_json(rng: random.Random, page: bytes, other: bytes) -> bytes:
    deep = rng.choice((100, 5_000, 100_000))
    text = rng.choice(
        (
            b"[" * deep,
            b'{"@graph":' * deep + b"1" + b"}" * deep,
            b'{"@type":"NewsArticle","headline":' + b"[" * deep + b"]" * deep + b"}",
            b'{"@type":"NewsArticle","articleBody":{"a":1},"headline":7,"author":[[[null]]],"datePublished":{}}',
            b'{"@type":["NewsArticle",{}],"headline":["a",["b"]],"author":{"name":{"name":[]}},"image":{"url":1e999}}',
            b'{"@type":"NewsArticle","articleBody":"' + b"<p>&amp;" * deep + b'"}',
            b'{"@type":"NewsArticle","headline":"\\ud800","datePublished":"99999-99-99","keywords":[{"a":[]}]}',
            b'{"@type":"NewsArticle","author":[' + b'{"name":"A B"},' * min(deep, 20_000) + b"0]}",
        )
    )
    script = (
        b'<script type="application/ld+json">' + text + b"</script><script>window.x = " + text + b"</script>"
    )
    at = max(0, page.lower().find(b"</head>"))
    return page[:at] + script + page[at:]


def nested(rng: random.Random, page: bytes, other: bytes) -> bytes:
    deep = rng.choice((1_000, 20_000, 100_000))
    tag = rng.choice(
        (b"div", b"b", b"a", b"span", b"table", b"ul", b"li", b"font", b"p", b"blockquote", b"svg")
    )
    return page[: len(page) // 2] + (b"<" + tag + b">") * deep + page[len(page) // 2 :]


def long_line(rng: random.Random, page: bytes, other: bytes) -> bytes:
    piece = rng.choice(
        (b"a", b"<", b"&", b"<p>", b"<a href=x>y", b"a b, ", b"<br>", b" ", b"\x00", b"&amp;", b"1 ")
    )
    return page[: len(page) // 2] + piece * (20_000_000 // len(piece))


MUTATIONS: tuple[Mutation, ...] = (
    truncated, spliced, flipped, shuffled, repeated, lying, unquoted, hostile_json, nested,
)  # fmt: skip
_RARE = 199  # one page in so many is 20 MB of one line


def mutate(seed: int, number: int, pages: Sequence[bytes]) -> tuple[str, bytes]:
    """The name of the mutation with this number, and its page."""
    rng = random.Random(f"{seed}/{number}")
    page, other = rng.choice(pages), rng.choice(pages)
    mutation = long_line if number % _RARE == 0 else rng.choice(MUTATIONS)
    changed = mutation(rng, page, other)
    if mutation is not long_line and rng.random() < 0.2:
        changed = rng.choice((truncated, flipped, lying))(rng, changed, other)
    return mutation.__name__, changed


def read_one(seed: int, number: int, pages: Sequence[bytes]) -> Outcome:
    name, page = mutate(seed, number, pages)
    content_type = random.Random(number).choice(
        (None, "text/html; charset=utf-8", "text/html; charset=latin-1")
    )
    began = time.perf_counter()
    error = None
    try:
        extract(page, f"https://example.org/news/{number}/story.html", content_type)
    except Exception as raised:  # the point of the command
        error = f"{type(raised).__name__}: {raised}"[:200]
    return Outcome(number, name, time.perf_counter() - began, error)


def load_pages(folder: Path, at_most: int = 541) -> list[bytes]:
    return [gzip.decompress(path.read_bytes()) for path in sorted((folder / "html").glob("*.gz"))[:at_most]]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("pages", type=Path, help="the directory with html/*.gz")
    arguments.add_argument("--count", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--from", type=int, default=0, dest="start", help=argparse.SUPPRESS)
    arguments.add_argument("--chunk", action="store_true", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.chunk:
        pages = load_pages(chosen.pages)
        for number in range(chosen.start, chosen.start + chosen.count):
            print(json.dumps(read_one(chosen.seed, number, pages)), flush=True)
        print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
        return 0
    outcomes: list[Outcome] = []
    peaks: list[float] = []
    crashed = 0
    for start in range(0, chosen.count, _CHUNK):
        command = [
            sys.executable,
            "-m",
            "benchmarks.mutate",
            str(chosen.pages),
            "--chunk",
            "--seed",
            str(chosen.seed),
        ]
        command += ["--from", str(start), "--count", str(min(_CHUNK, chosen.count - start))]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        for line in done.stdout.splitlines():
            value = json.loads(line)
            if isinstance(value, float):
                peaks.append(value)
            else:
                outcomes.append(Outcome(*value))
        if done.returncode:
            crashed += 1
            print(f"pages {start} and on: the process ended with {done.returncode}")
    return _report(outcomes, peaks, crashed)


def _report(outcomes: Sequence[Outcome], peaks: Sequence[float], crashed: int) -> int:
    raised = [outcome for outcome in outcomes if outcome.error]
    slowest = sorted(outcomes, key=lambda outcome: -outcome.seconds)[:5]
    for outcome in raised[:20]:
        print(f"{outcome.number} {outcome.name}: {outcome.error}")
    for outcome in slowest:
        print(f"{outcome.number} {outcome.name}: {outcome.seconds:.2f} s")
    peak = max(peaks, default=0.0)
    print(f"{len(outcomes)} pages, {len(raised)} exceptions, {crashed} crashes; worst memory {peak:.0f} MB")
    slow = bool(slowest) and slowest[0].seconds > MAX_SECONDS
    return int(bool(raised) or bool(crashed) or slow or peak > MAX_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
