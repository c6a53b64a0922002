"""The journal's records on a terminal or as JSON Lines. Nothing that came from a page reaches a terminal raw."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawler.extraction.page_type.reasons import plain_reason
from newscrawler.journal.explain import Answer, differences
from newscrawler.journal.journal import Journal
from newscrawler.journal.models import PRINTED, PageRecord, Revision, Run, StoryRow
from newscrawler.journal.retention import Removed
from newscrawler.text import clean_line

# What a terminal may take for a command; JSON escapes the rest itself.
_CONTROLS = re.compile("[\x7f-\x9f]")


class Printer(Protocol):
    """Output of the records that `scrapy journal` shows."""

    def runs(self, runs: Sequence[Run]) -> None: ...
    def stories(self, stories: Sequence[StoryRow]) -> None: ...
    def story(self, journal: Journal, site: str, story: StoryRow) -> None: ...
    def pages(self, pages: Sequence[PageRecord]) -> None: ...
    def answer(self, answer: Answer) -> None: ...
    def diff(self, history: Sequence[Revision]) -> None: ...
    def removed(self, removed: Removed) -> None: ...


class JsonLines:
    """One JSON object a line, for programs."""

    def runs(self, runs: Sequence[Run]) -> None:
        self._print(runs)

    def stories(self, stories: Sequence[StoryRow]) -> None:
        self._print(stories)

    def story(self, journal: Journal, site: str, story: StoryRow) -> None:
        history = journal.stories.history(site, story.key)
        files = journal.deliveries.of_story(site, story.key)
        self._print([_plain(story) | {"revisions": _plain(history), "delivered": _plain(files)}])

    def pages(self, pages: Sequence[PageRecord]) -> None:
        self._print(pages)

    def answer(self, answer: Answer) -> None:
        self._print([answer])

    def diff(self, history: Sequence[Revision]) -> None:
        self._print(
            {"from": older.revision, "to": newer.revision, "diff": list(differences(older, newer))}
            for older, newer in itertools.pairwise(history)
        )

    def removed(self, removed: Removed) -> None:
        self._print([removed])

    def _print(self, records: Iterable[Any]) -> None:
        for record in records:
            line = json.dumps(_plain(record), ensure_ascii=False)
            line = line.encode("utf-8", "backslashreplace").decode()
            print(_CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", line))


class Tables:
    """Tables for people."""

    def __init__(self) -> None:
        # A pipe has no width: nothing is folded there.
        width = None if sys.stdout.isatty() else 10_000
        self._console = Console(highlight=False, width=width)

    def runs(self, runs: Sequence[Run]) -> None:
        rows = [
            (run.id, run.started, _duration(run), run.state, _counts(run.counts), run.reason) for run in runs
        ]
        self._table(("run", "started (UTC)", "took", "state", "counts", "reason"), rows, "no runs yet")

    def stories(self, stories: Sequence[StoryRow]) -> None:
        rows = [
            (
                one.key,
                one.first_seen,
                one.revision,
                "no" if one.undelivered else "yes",
                one.title,
                one.duplicate_of,
            )
            for one in stories
        ]
        self._table(
            ("story", "first seen (UTC)", "revision", "delivered", "title", "copy of"), rows, "no stories"
        )

    def story(self, journal: Journal, site: str, story: StoryRow) -> None:
        self._facts(_plain(story))
        revisions = [
            (one.revision, one.seen, one.run_id, one.item.get("title"))
            for one in journal.stories.history(site, story.key)
        ]
        self._table(("revision", "seen (UTC)", "run", "title"), revisions, "its texts are pruned")
        files = [(one.file, one.revision, one.run_id) for one in journal.deliveries.of_story(site, story.key)]
        self._table(
            ("delivered in", "revision", "run"),
            files,
            "not delivered yet" if story.undelivered else "in no file",
        )

    def pages(self, pages: Sequence[PageRecord]) -> None:
        for page in pages:
            facts = _plain(page)
            self._facts(facts | {"reason": page.reason and plain_reason(page.reason)})

    def answer(self, answer: Answer) -> None:
        verdict = "a story" if answer.is_story else "not a story"
        self._line(f"{answer.url} is {verdict}: {plain_reason(answer.because)}.")

    def diff(self, history: Sequence[Revision]) -> None:
        styles = {"+": "green", "-": "red", "@": "cyan"}
        if len(history) < 2:
            self._line("there is one revision, nothing to compare" if history else "its texts are pruned")
        for older, newer in itertools.pairwise(history):
            for line in differences(older, newer):
                self._line(line, styles.get(line[0], ""))

    def removed(self, removed: Removed) -> None:
        self._line("removed: " + ", ".join(f"{count} {name}" for name, count in _plain(removed).items()))

    def _facts(self, facts: dict[str, Any]) -> None:
        table = Table(box=None, show_header=False, pad_edge=False)
        for name, value in facts.items():
            if value is not None:
                table.add_row(name, _cell(value))
        self._console.print(table)

    def _table(self, names: Sequence[str], rows: Sequence[Sequence[Any]], nothing: str) -> None:
        if not rows:
            self._line(nothing)
            return
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name in names:
            table.add_column(name, no_wrap=name not in ("title", "counts", "reason", "delivered in"))
        for row in rows:
            table.add_row(*map(_cell, row))
        self._console.print(table)

    def _line(self, line: str, style: str = "") -> None:
        self._console.print(Text(clean_line(line), style), soft_wrap=True)


def _cell(value: Any) -> Text:
    if value is None:
        return Text("")
    if isinstance(value, datetime):
        return Text(f"{value:%Y-%m-%d %H:%M}")
    return Text(clean_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)))


def _plain(value: Any) -> Any:
    """Records as what JSON knows; signatures are left out, as they mean nothing to a reader."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            field.metadata.get(PRINTED, field.name): getattr(value, field.name)
            for field in dataclasses.fields(value)
        }
        return {name: _plain(part) for name, part in fields.items() if not isinstance(part, bytes)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items() if not isinstance(part, bytes)}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value


def _duration(run: Run) -> str | None:
    if run.finished is None:
        return None
    minutes, seconds = divmod(round((run.finished - run.started).total_seconds()), 60)
    return f"{minutes}:{seconds:02d}"


def _counts(counts: dict[str, Any]) -> str:
    numbers = [f"{name} {count}" for name, count in counts.items() if isinstance(count, int)]
    return ", ".join([*numbers, *map(str, counts.get("warnings", ()))])
