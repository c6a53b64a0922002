"""The calls that a ledger gets, by one that writes them down."""

from pathlib import Path

from tests.feeds.crawling import crawl, story

LEDGER = '''
import os
from scrapy import signals
from newscrawler.feeds.delivery import Delivery

class Ledger:
    """An extension, as the journal's will be one."""

    @classmethod
    def from_crawler(cls, crawler):
        ledger = cls()
        ledger.crawler = crawler
        crawler.signals.connect(ledger.opened, signals.engine_started)
        return ledger

    def opened(self):
        self.crawler.get_extension(Delivery).ledger = self

    def note(self, what):
        files = sorted(name for name in os.listdir(".") if name.startswith((".a", "a.", ".b", "b.")))
        kinds = " ".join("part" if name.endswith(".part") else name for name in files)
        with open("ledger.txt", "a") as file:
            file.write(f"{what}: {kinds}\\n")

    def begin(self, temporary, final):
        assert temporary.parent == final.parent
        self.note(f"begin {final.name}")

    def commit(self):
        self.note("commit")
        if os.path.exists("refuse"):
            raise OSError(28, "No space left on device")

    def finished(self):
        self.note("finished")

    def drop(self):
        self.note("drop")
        if os.path.exists("refuse-all"):
            raise OSError(28, "No space left on device")
'''
FEEDS = {"a.jsonl": {"format": "jsonl", "overwrite": True}, "b.csv": {"format": "csv", "overwrite": True}}


def run(folder: Path) -> tuple[list[str], dict[str, int], str]:
    (folder / "ledger.py").write_text(LEDGER)
    stats, log = crawl(folder, FEEDS, [story(1)], extensions={"ledger.Ledger": 30})
    return (folder / "ledger.txt").read_text().splitlines(), stats, log


def test_all_files_are_renamed_between_commit_and_finished(tmp_path: Path) -> None:
    told, _, _ = run(tmp_path)
    assert told == ["begin a.jsonl: ", "begin b.csv: part", "commit: part part", "finished: a.jsonl b.csv"]


def test_a_refused_commit_drops_all(tmp_path: Path) -> None:
    (tmp_path / "refuse").touch()
    told, stats, log = run(tmp_path)
    assert told[2:] == ["commit: part part", "drop: "]
    assert stats["feedexport/failed_count/StoryFileStorage"] == 2
    assert stats["feedexport/success_count/StoryFileStorage"] == 0
    assert "No space left on device" in log


def test_a_disk_so_full_that_even_the_drop_fails_is_one_line(tmp_path: Path) -> None:
    for name in ("refuse", "refuse-all"):
        (tmp_path / name).touch()
    told, _, log = run(tmp_path)
    assert told[-1] == "drop: "
    assert "No space left on device" in log
    assert "Traceback" not in log
