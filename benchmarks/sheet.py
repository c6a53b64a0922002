"""Time and memory of `scrapy sheet`: `python -m benchmarks.sheet [--stories 200000] [--form xlsx]`.

Invented stories with a body of 1,800 characters and three related ones each. Prints wall and processor time in
seconds, the most memory held (resident set) in MB, and the size of the sheet.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from benchmarks.processes import scrapy
from newscrawler.feeds.jsonlines import json_line
from newscrawler.feeds.serialise import plain_record
from newscrawler.items import RelatedStory, Story


def stories(count: int, file: Path) -> None:
    dice = random.Random(7)
    words = ["".join(dice.choices("aeioubdgklmnrst", k=dice.randint(2, 9))) for _ in range(5_000)]
    bodies = ["\n\n".join(" ".join(dice.choices(words, k=50)) for _ in range(6)) for _ in range(500)]
    with file.open("wb") as out:
        for number in range(count):
            url = f"https://harbour.example/en/news/{number}/{words[number % 5_000]}"
            related = [
                RelatedStory(
                    title=" ".join(dice.choices(words, k=8)),
                    url=f"{url}/{one}",
                    published="2026-03-01T10:00:00",
                )
                for one in range(3)
            ]
            story = Story(
                story_id=f"harbour:{number}",
                site="harbour",
                story_code=str(number),
                url=url,
                canonical_url=url,
                title=" ".join(dice.choices(words, k=9)),
                lead=" ".join(dice.choices(words, k=30)),
                published=f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}T{number % 24:02d}:28:00+01:00",
                published_raw="Saturday 12 March 2026",
                authors=[dice.choice(words)],
                section="News > Harbour",
                tags=dice.choices(words[:300], k=3),
                language="en",
                body=bodies[number % 500],
                word_count=300,
                image=f"{url}.jpg",
                related=related,
                found_on="https://harbour.example/en/",
                found_via="listing",
                fetched="2026-03-14T06:28:00+00:00",
                title_key="k" * 40,
                content_hash="c" * 32,
                sources={"title": "json-ld", "body": "dom", "published": "meta"},
            )
            out.write(json_line(plain_record(story)))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--stories", type=int, default=200_000)
    options.add_argument("--form", choices=["xlsx", "csv", "parquet"], default="xlsx")
    options.add_argument("--latest", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "in.jsonl", Path(folder) / f"out.{given.form}"
        stories(given.stories, source)
        cost = scrapy("sheet", str(source), "-o", str(output), *(["--latest"] if given.latest else []))
        print(
            f"{given.stories} stories ({source.stat().st_size / 1e6:.0f} MB) as {given.form}: {cost.wall:.1f} s, "
            f"{cost.processor:.1f} s of processor, {cost.memory:.0f} MB of memory, "
            f"{output.stat().st_size / 1e6:.0f} MB"
        )


if __name__ == "__main__":
    main()
