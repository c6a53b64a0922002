"""One page on a terminal, in a pipe, or as JSON. Nothing that came from the page reaches a terminal raw."""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newscrawler.extraction.page_type.reasons import plain_reason
from newscrawler.text import visible

if TYPE_CHECKING:
    from newscrawler.extraction import Page
    from newscrawler.items import Story

_SHOWN = 700  # characters of one value on a terminal; a pipe and --json get all


def print_table(page: Page) -> None:
    """Print the page's kind and the reason; then field, value and source, as a table or, in a pipe, tab-separated."""
    rows = [] if page.story is None else field_rows(page.story)
    if sys.stdout.isatty():
        _print_table(page, rows)
        return
    print(f"{visible(page.url)}\t{page.kind}\t{visible(plain_reason(_why(page)))}")
    for name, source, value in rows:
        print(f"{name}\t{source}\t{value}")


def print_json(page: Page) -> None:
    """One JSON object: `url`, `kind`, `reason` and `story`, which is null when the page is none."""
    facts = {"url": page.url, "kind": page.kind, "reason": _why(page)}
    text = json.dumps(
        facts | {"story": asdict(page.story) if page.story else None}, ensure_ascii=False, indent=2
    )
    print("".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text))


def save_page(path: Path, body: bytes, url: str, content_type: str | None, fetched: datetime) -> None:
    """Write `path`.html.gz and `path`.json: the bytes, and what extraction reads from them without a profile.

    Raises OSError, FileExistsError where one of them is there.
    """
    from newscrawler.extraction import read

    given = {"url": url, "content_type": content_type, "fetched": fetched.isoformat(timespec="seconds")}
    values = given | page_values(read(body, url, content_type, fetched=fetched))
    html, record = path.with_name(f"{path.name}.html.gz"), path.with_name(f"{path.name}.json")
    with html.open("xb") as page, record.open("x", encoding="utf-8") as file:
        page.write(gzip.compress(body, mtime=0))
        file.write(json.dumps(values, ensure_ascii=False, indent=2) + "\n")


def page_values(page: Page) -> dict[str, Any]:
    """The page's `page_type`, and the fields of its story that are not empty."""
    story = {} if page.story is None else asdict(page.story)
    return {"page_type": str(page.kind)} | {
        name: value for name, value in story.items() if value not in (None, "", [])
    }


def field_rows(story: Story) -> list[tuple[str, str, str]]:
    """Each field's name, where it came from (empty when unknown) and its value as one visible line."""
    values = asdict(story)
    return [
        (each.name, visible(story.sources.get(each.name, "")), _told(values[each.name]))
        for each in fields(story)
        if each.name != "sources"
    ]


def _why(page: Page) -> str:
    """The reason of the kind, and a note when a crawl would show the page in a browser."""
    return page.reason + (f"; a crawl shows it in a browser: {page.application}" if page.application else "")


def _told(value: Any) -> str:
    if value is None or value == []:
        return ""
    return visible(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _print_table(page: Page, rows: list[tuple[str, str, str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Text.assemble((visible(page.url), "bold")))
    verdict = "a story" if page.story else f"not a story ({page.kind})"
    console.print(Text(f"{verdict}: {visible(plain_reason(_why(page)))}"))
    if not rows:
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("field", no_wrap=True)
    table.add_column("value", overflow="fold", ratio=1)
    table.add_column("from", no_wrap=True)
    for name, source, value in rows:
        short = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}… ({len(value)} characters)"
        table.add_row(Text(name), Text(short or "–", "" if short else "dim"), Text(source, "dim"))
    console.print(table)
