"""Writes the tables of the documentation that the code itself defines: `python docs/generate.py`.

docs/fields.md from newscrawler/items.py, docs/settings.md from newscrawler/settings.py, and the profile's keys in
docs/sites.md from newscrawler/sites/profile.py. A test tells when they are out of date.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))

from newscrawler.extraction.html.selectors import FIELDS  # noqa: E402 - the project is run from its checkout
from newscrawler.items import Image, RelatedStory, Story  # noqa: E402
from newscrawler.sites.profile import Site  # noqa: E402

_START, _END = "<!-- generated: {} -->", "<!-- end of generated -->"
_LONGEST = 60  # a longer default is told by its entries
_NOT_TOLD = {"BOT_NAME", "SPIDER_MODULES", "NEWSPIDER_MODULE"}  # Scrapy's own plumbing


def pages() -> Iterator[tuple[Path, str]]:
    """Each page and what it should say."""
    yield DOCS / "fields.md", fields_page()
    yield DOCS / "settings.md", settings_page()
    sites = DOCS / "sites.md"
    text = sites.read_text("utf-8")
    for name, table in (("keys", keys_table()), ("fields", fields_list())):
        text = _replaced(text, name, table)
    yield sites, text


def fields_page() -> str:
    return f"""# The fields of a story

One story is one JSON object, or one row of a sheet. The keys are always all there, in this order; what is not known
is `null`, an empty list or an empty text, never a guess.

{_fields_table(Story)}
Each entry of `images`:

{_fields_table(Image)}
Each entry of `related`:

{_fields_table(RelatedStory)}
See a page's own fields, and where each was found, with

    scrapy story http://demo-news.example/en/news/104200/

Dates are ISO 8601. A date with an offset (`2026-03-14T06:28:00+01:00`) is a moment; one without is as printed on the
page, whose zone nobody told; one without a time is a day. A program that compares them must tell the three apart.
"""


def _fields_table(kind: Any) -> str:
    rows = (
        f"| `{each.name}` | {_type(str(each.type))} | {each.metadata.get('meaning', '')} |"
        for each in fields(kind)
    )
    if kind is not Story:
        rows = (f"| `{each.name}` | {_type(str(each.type))} |" for each in fields(kind))
        return "| key | type |\n|---|---|\n" + "\n".join(rows) + "\n"
    return "| field | type | meaning |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def _type(annotation: str) -> str:
    told = annotation.replace(" | None", " or null")
    for python, json in (
        ("dict[str, str]", "object"),
        ("str", "text"),
        ("int", "number"),
        ("bool", "true or false"),
    ):
        told = told.replace(python, json)
    if told.startswith("list["):
        inner = told.removeprefix("list[").removesuffix("]")
        return "list of objects" if inner in ("Image", "RelatedStory") else f"list of {inner}s"
    return told


def settings_page() -> str:
    source = (DOCS.parent / "newscrawler" / "settings.py").read_text("utf-8")
    parts = ["# Settings\n"]
    parts.append(
        "Everything that differs from [Scrapy's defaults](https://docs.scrapy.org/en/latest/topics/settings.html), or "
        "is our own.\nChange one for a run with `-s NAME=VALUE`, or for good in `newscrawler/settings.py`:\n\n"
        "    scrapy crawl site -s DOWNLOAD_DELAY=1 -s LOG_LEVEL=INFO\n"
    )
    for heading, rows in settings_of(source):
        if rows:
            parts.append(f"## {heading}\n\n| setting | default | why |\n|---|---|---|")
            parts[-1] += (
                "".join(f"\n| `{name}` | {default} | {reason} |" for name, default, reason in rows) + "\n"
            )
    return "\n".join(parts)


def settings_of(source: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The settings by heading: name, default as Markdown, and the reason in the comment beside it."""
    comments = {
        token.start[0]: token.string.strip("#- ")
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    headings = {
        number: comments[number]
        for number, line in enumerate(source.splitlines(), 1)
        if line.startswith("# --- ")
    }
    sections: list[tuple[str, list[tuple[str, str, str]]]] = [("General", [])]
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        while headings and min(headings) < node.lineno:
            sections.append((headings.pop(min(headings)), []))
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        name = ast.unparse(target)
        if name in _NOT_TOLD:
            continue
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        told = comments.get(lines[0]) or comments.get(lines[-1])
        if told is None:  # within, or on the line before
            told = next((comments[line] for line in (*lines, lines[0] - 1) if line in comments), "")
        sections[-1][1].append((name, _default(node.value, lines, comments), _cell(told)))
    return sections


def _default(value: ast.expr, lines: range, comments: dict[int, str]) -> str:
    text = ast.unparse(value)
    if isinstance(value, ast.BinOp):  # such as 20 * 1024 * 1024
        return f"`{eval(compile(ast.Expression(value), 'settings', 'eval'))}`"  # noqa: S307 - our own file
    if isinstance(value, ast.Call):  # exporters()
        return "those of `newscrawler/feeds/formats.py`"
    if len(text) <= _LONGEST:
        return _cell(f"`{text}`")
    if isinstance(value, ast.Dict):
        entries = [f"`{ast.unparse(key)}`" for key in value.keys if key is not None]
        return (
            _cell("for " + ", ".join(entries))
            if len(", ".join(entries)) < 2 * _LONGEST
            else f"{len(entries)} entries"
        )
    return "see the file"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def keys_table() -> str:
    rows = []
    for name, field in Site.model_fields.items():
        default = "required" if field.is_required() else f"`{field.get_default(call_default_factory=True)!r}`"
        rows.append(f"| `{name}` | {field.description} | {default.replace('None', 'none')} |")
    return "| key | meaning | default |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def fields_list() -> str:
    return ", ".join(f"`{name}`" for name in FIELDS) + ".\n"


def _replaced(text: str, name: str, table: str) -> str:
    start = _START.format(name)
    before, found, rest = text.partition(start)
    if not found or _END not in rest:
        raise SystemExit(f"docs/sites.md: the marks {start} and {_END} are missing")
    return f"{before}{start}\n\n{table}\n{rest[rest.index(_END) :]}"


if __name__ == "__main__":
    for path, text in pages():
        path.write_text(text, "utf-8")
