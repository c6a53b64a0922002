"""`scrapy journal` as a user runs it."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from scrapy.cmdline import execute
from scrapy.settings import Settings

from newscrawler.journal import FoundPage, Journal, PageVisit, content_hash, journal_url

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def journal_command(output: Path, *words: str) -> Done:
    """The command within this process: starting a new one for each takes longer than all it does."""
    stdout, stderr = io.StringIO(), io.StringIO()
    settings = Settings()
    settings.setmodule("newscrawler.settings", "project")
    settings.set("OUTPUT_DIR", str(output), "cmdline")
    with (
        contextlib.redirect_stdout(stdout),
        contextlib.redirect_stderr(stderr),
        pytest.raises(SystemExit) as left,
    ):
        execute(["scrapy", "journal", *words], settings)
    return Done(int(left.value.code or 0), stdout.getvalue(), stderr.getvalue())


def story(number: int, title: str, body: str) -> dict[str, object]:
    return {
        "story_id": f"demo:{number}",
        "url": f"http://demo.example/news/{number}/slug",
        "title": title,
        "title_key": title.casefold(),
        "lead": None,
        "body": body,
        "content_hash": content_hash(title, None, body),
    }


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """The output folder after one run: a story that was delivered and edited, one that is owed, and others."""
    with Journal.open(journal_url(None, tmp_path, "demo")) as journal:
        run = journal.runs.start("demo", {"again": "true"})
        for number in (1, 2, 3, 4):
            page = FoundPage(
                f"demo.example/news/{number}",
                f"http://demo.example/news/{number}/slug",
                found_on="http://demo.example/",
                found_via="listing",
            )
            journal.pages.offer("demo", [page])
        journal.stories.store(
            "demo", "demo.example/news/1", story(1, "Bridge closes", "It closes.\n\nFerries run."), run=run
        )
        ledger = journal.ledger("demo", run)
        temporary, final = tmp_path / ".x.part", tmp_path / "demo.jsonl"
        ledger.begin(temporary, final)
        temporary.touch()
        ledger.add("demo:1", 1)
        ledger.commit()
        temporary.replace(final)
        ledger.finished()
        journal.stories.store(
            "demo", "demo.example/news/1", story(1, "Bridge closed", "It closed.\n\nFerries run."), run=run
        )
        journal.stories.store(
            "demo", "demo.example/news/2", story(2, "Evil \x1b[31m[red]橋[/red]", "A text."), run=run
        )
        visit = PageVisit(
            "duplicate-title", reason="same title on the same day", kind="story", duplicate_of="demo:1"
        )
        journal.pages.finish("demo", "demo.example/news/3", visit)
        journal.runs.finish(run, "finished", counts={"stories": 2})
    return tmp_path


def test_runs(output: Path) -> None:
    done = journal_command(output, "runs")
    assert (done.returncode, done.stderr) == (0, "")
    assert "finished" in done.stdout
    assert "stories 2" in done.stdout


def test_stories_and_nothing_raw_on_the_terminal(output: Path) -> None:
    done = journal_command(output, "stories")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "[red]橋[/red]" in done.stdout
    assert done.stdout.index("demo:2") < done.stdout.index("demo:1")
    found = journal_command(output, "stories", "bridge", "--json")
    [line] = map(json.loads, found.stdout.splitlines())
    assert (line["key"], line["revision"], line["title"], line["owed"]) == (
        "demo:1",
        2,
        "Bridge closed",
        False,
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, ["is a story", "it is the story demo:1, revision 2", "delivered in", "demo.jsonl"]),
        (2, ["is a story", "the next run delivers it"]),
        (3, ["is not a story", "duplicate-title: same title on the same day", "repeats is demo:1", "found"]),
        (4, ["is not a story", "on http://demo.example/ (listing) and is still to be fetched"]),
    ],
)
def test_why(output: Path, number: int, words: list[str]) -> None:
    done = journal_command(output, "why", f"http://demo.example/news/{number}/slug")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    for word in words:
        assert word in done.stdout


def test_why_a_story_that_is_gone_by_now(output: Path) -> None:
    with Journal.open(journal_url(None, output, "demo")) as journal:
        journal.pages.finish("demo", "demo.example/news/1", PageVisit("http-404", reason="answered 404"))
    done = journal_command(output, "why", "http://demo.example/news/1/slug")
    assert (done.returncode, done.stderr) == (0, "")
    assert "is a story" in done.stdout
    assert "later http-404: answered 404" in done.stdout


def test_why_in_plain_words_with_the_codes_kept_for_programs(output: Path) -> None:
    reason = "no-story-signs 0.04 linked_share headline_links"
    with Journal.open(journal_url(None, output, "demo")) as journal:
        journal.pages.finish("demo", "demo.example/news/3", PageVisit("no-story-signs", reason=reason))
    url = "http://demo.example/news/3/slug"
    for action in ("why", "page"):
        told = journal_command(output, action, url).stdout
        assert "linked text, linked headlines" in told
        assert "0.04" not in told
        assert reason in journal_command(output, action, url, "--json").stdout


def test_page_and_story(output: Path) -> None:
    done = journal_command(output, "page", "http://demo.example/news/3/slug", "--json")
    page = json.loads(done.stdout)
    assert (page["outcome"], page["twin"], page["found_via"]) == ("duplicate-title", "demo:1", "listing")
    assert page.keys() >= {"looks", "next_look", "look_interval"}, "programs read them by these names"
    done = journal_command(output, "story", "1", "--json")
    told = json.loads(done.stdout)
    assert [one["item"]["title"] for one in told["revisions"]] == ["Bridge closes", "Bridge closed"]
    assert [one["revision"] for one in told["delivered"]] == [1]
    assert "Bridge closes" in journal_command(output, "story", "http://demo.example/news/1/slug").stdout


def test_diff(output: Path) -> None:
    lines = journal_command(output, "diff", "demo:1").stdout.splitlines()
    assert [line for line in lines[2:] if line[0] in "+-"] == [
        "-title: Bridge closes",
        "-body: It closes.",
        "+title: Bridge closed",
        "+body: It closed.",
    ]


def test_forget_an_address_and_the_site(output: Path) -> None:
    url = "http://demo.example/news/1/slug"
    assert "1 pages, 1 stories" in journal_command(output, "forget", "--url", url).stdout
    assert journal_command(output, "why", url).returncode == 2
    refused = journal_command(output, "forget")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "say --yes" in refused.stderr
    assert "3 pages, 1 stories" in journal_command(output, "forget", "--yes").stdout
    assert "no stories" in journal_command(output, "stories").stdout


def test_prune(output: Path) -> None:
    done = journal_command(output, "prune", "--json", "-s", 'JOURNAL_KEEP_DAYS={"revisions": 0}')
    assert json.loads(done.stdout)["texts"] == 1
    wrong = journal_command(output, "prune", "-s", 'JOURNAL_KEEP_DAYS={"texts": "x"}')
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "JOURNAL_KEEP_DAYS['texts'] is 'x'" in wrong.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "it needs one of runs, stories"),
        (["dance"], "got 'dance'"),
        (["why"], "why needs a URL"),
        (["runs", "more"], "too much given: 'more'"),
        (["runs", "--limit", "0"], "--limit '0' is not a number above 0"),
        (["runs", "--url", "x"], "--url goes with forget"),
        (["runs", "--site", "../x"], "site '../x' is no short name"),
        (["runs", "--site", "never"], "there is no journal at"),
        (["story", "none"], "demo has no story 'none'"),
        (["page", "http://x/"], "no crawl of demo met http://x/"),
    ],
)
def test_what_cannot_be_done(output: Path, words: list[str], said: str) -> None:
    done = journal_command(output, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_journal(output: Path) -> None:
    path = output / ".journal" / "demo.sqlite"
    path.write_bytes(b"no database " * 1_000)
    done = journal_command(output, "runs")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"scrapy journal: journal {path} is not a journal and was left as it is")
    assert done.stderr.count("\n") == 1


def test_as_a_process_of_its_own(output: Path) -> None:
    command = [sys.executable, "-m", "scrapy", "journal", "runs", "--json", "-s", f"OUTPUT_DIR={output}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert json.loads(done.stdout)["state"] == "finished"
    assert done.stderr == ""
