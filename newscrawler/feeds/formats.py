"""The formats of feeds and sheets, by the ending of a file's name: the one table of them."""

from __future__ import annotations

from importlib.util import find_spec
from typing import NamedTuple


class FeedFormat(NamedTuple):
    """One format. Classes are dotted paths: settings and commands read this table before any is imported."""

    exporter: str  # for Scrapy's FEED_EXPORTERS
    sheet: str | None = None  # a `feeds.sheet.Sheet`; None: `scrapy sheet` does not write this format
    appendable: bool = False  # True: stories can be added to a file of an earlier run
    package: str | None = None  # an optional package that it needs, installed by requirements-<format>.txt


_LINES = FeedFormat("newscrawler.feeds.jsonlines.StoryLinesExporter", appendable=True)
FORMATS = {
    "jsonl": _LINES,
    "jsonlines": _LINES,
    "jl": _LINES,
    "xlsx": FeedFormat("newscrawler.feeds.xlsx.WorkbookExporter", "newscrawler.feeds.xlsx.StoryWorkbook"),
    "csv": FeedFormat(
        "newscrawler.feeds.csv.StoryTableExporter", "newscrawler.feeds.csv.StoryTable", appendable=True
    ),
    "parquet": FeedFormat(
        "newscrawler.feeds.parquet.ParquetExporter",
        "newscrawler.feeds.parquet.StoryParquet",
        package="pyarrow",
    ),
}
SHEET_SUFFIXES = tuple(f".{name}" for name, form in FORMATS.items() if form.sheet)


def exporters() -> dict[str, str]:
    """The value of Scrapy's setting FEED_EXPORTERS."""
    return {name: form.exporter for name, form in FORMATS.items()}


def missing_package(name: str) -> str | None:
    """What the user has to install before the format can be written, as one line; None when nothing is missing."""
    package = FORMATS[name].package if name in FORMATS else None
    if package is None or find_spec(package) is not None:
        return None
    return f"{name.capitalize()} needs {package}: pip install -r requirements-{name}.txt"
