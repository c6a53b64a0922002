"""The report as HTML: one file, no scripts, nothing from elsewhere, every text from pages escaped."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from newscrawler.report.charts import column_chart, graph, round_top, run_columns
from newscrawler.report.collect import Report
from newscrawler.text import clean_line

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")


def render(report: Report) -> str:
    """The whole page."""
    week = report.made.date() - timedelta(days=7)
    return render_template(
        "report.html.j2",
        report=report,
        last_week=sum(number for day, number in report.days if day > week),
        top=round_top(max((number for _, number in report.days), default=0)),
        days=column_chart([(f"{day:%d %b %Y}", number) for day, number in report.days], _told_days(report)),
        runs=run_columns(report.runs[::-1], f"Stories of the last {len(report.runs)} runs; listed below"),
        graph=graph(report.linked) if len(report.linked) > 2 else None,
    )


def render_template(name: str, **values: Any) -> str:
    """A page of this folder with these values."""
    environment = Environment(
        loader=PackageLoader("newscrawler.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        line=_line, href=_href, lang=_lang, number=_number, took=_took, when=_when, place=_place
    )
    return environment.get_template(name).render(values).encode("utf-8", "replace").decode("utf-8")


def _told_days(report: Report) -> str:
    if not report.days:
        return "No dated stories"
    day, most = max(report.days, key=lambda pair: pair[1])
    first, last = report.days[0][0], report.days[-1][0]
    return f"Stories a day from {first:%d %B %Y} to {last:%d %B %Y}; most on {day:%d %B}: {most}"


def _line(value: Any) -> str:
    return clean_line(str(value)) if value is not None else ""


def _href(url: Any) -> str | None:
    """`url` when a link may lead there: http and https only."""
    try:
        parts = urlsplit(str(url))
    except ValueError:
        return None
    return str(url) if parts.scheme in ("http", "https") and parts.hostname else None


def _place(url: Any) -> str:
    """An address as a reader knows it: without the scheme."""
    return _line(url).removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _lang(value: Any) -> str | None:
    return value if isinstance(value, str) and _LANGUAGE.fullmatch(value) else None


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


def _took(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def _when(value: Any) -> str:
    """A story's date as it is known: no zone is invented."""
    if not (text := _line(value)):
        return "no date"
    offset = re.search(r"(?<=\d)(?:Z|[+-]\d\d:\d\d)$", text[16:])
    return text[:16].replace("T", " ") + (f" {offset[0]}" if offset else "").replace("Z", "UTC")
