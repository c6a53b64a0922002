"""A crawl reduced to its use of the journal. It is killed by the test, again and again.

usage: killed_writer.py URL FOLDER STORIES GROUP (seconds of writes that are committed together)
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from newscrawler.journal import FoundPage, Journal
from newscrawler.journal.deliveries import replace_durably

from .making import signature_of, story

SITE = "demo"


def main(url: str, folder: Path, stories: int, group: float) -> None:
    journal = Journal.open(url)
    journal.deliveries.recover(SITE)
    run = journal.runs.start(SITE)
    journal.group_commits(group)
    delivery = journal.deliveries.start(SITE, run)
    pairs = []
    for name in ("a", "b"):
        temporary, final = folder / f".{run}.{name}.tmp", folder / f"{run}.{name}.jsonl"
        journal.deliveries.add_file(delivery, temporary, final)
        pairs.append((temporary.open("w"), temporary, final))

    def write(item: dict[str, object]) -> None:
        for file, _, _ in pairs:
            file.write(json.dumps(item) + "\n")
        journal.deliveries.add(delivery, [(str(item["story_id"]), int(str(item["revision"])))])

    print("started", flush=True)
    for item in journal.stories.undelivered(SITE):
        write(item)
    journal.pages.offer(SITE, (FoundPage(f"k{n}", f"http://demo.example/{n}") for n in range(stories)))
    for page in journal.pages.pending(SITE):
        item = story(int(page.key[1:]))
        if journal.stories.store(SITE, page.key, item, run=run, signature=signature_of(item)).news == "story":
            write(item)
    for file, _, _ in pairs:
        file.flush()
        os.fsync(file.fileno())
        file.close()
    journal.deliveries.commit(delivery)
    for _, temporary, final in pairs:
        replace_durably(temporary, final)
    journal.deliveries.finish(delivery)
    journal.runs.finish(run, "finished")
    journal.close()
    print("finished", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
