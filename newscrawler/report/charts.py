"""Charts as inline SVG. Labels are beside them in HTML, so that they stay legible at any width."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from newscrawler.report.collect import RunRow
from newscrawler.report.most_linked import LinkedStory
from newscrawler.text import clean_line

_LEAST_RUNS = 20  # columns that a chart of runs has room for: few runs make no broad slabs


def column_chart(values: Sequence[tuple[str, int]], summary: str) -> Markup:
    """One column for each (label, number), stretched over the width that there is."""
    top = round_top(max((number for _, number in values), default=0))
    bars = [
        _bar(place, 100 * number / top, f"{label}: {number}", "bar")
        for place, (label, number) in enumerate(values)
        if number
    ]
    return _plot(len(values), bars, summary)


def round_top(most: int) -> int:
    """The end of a scale of four even steps that has room for `most`: 4, 8, 12, 20, 40, 80, 120, 200, ..."""
    tens = 1
    while True:
        for top in (4, 8, 12, 20):
            if top * tens >= most:
                return top * tens
        tens *= 10


def run_columns(runs: Sequence[RunRow], summary: str) -> Markup:
    """One column for each run, its height the square root of its stories: first runs are much larger than others."""
    most = math.sqrt(max((run.stories for run in runs), default=0)) or 1
    bars = []
    for place, run in enumerate(runs):
        label = f"{run.started:%Y-%m-%d %H:%M}: {run.stories} stories, {'well' if run.well else run.state}"
        state = "well" if run.well else "open" if run.well is None else "ill"
        bars.append(_bar(place, max(4.0, 100 * math.sqrt(run.stories) / most), label, f"bar {state}"))
    return _plot(max(len(runs), _LEAST_RUNS), bars, summary)


def _bar(place: int, height: float, title: str, kind: str) -> Markup:
    return Markup(
        '<rect class="{}" x="{}" y="{:.2f}" width="0.8" height="{:.2f}"><title>{}</title></rect>'
    ).format(kind, place + 0.1, 100 - height, height, title)


def _plot(width: int, bars: Sequence[Markup], summary: str) -> Markup:
    return Markup(
        '<svg class="plot" role="img" aria-label="{}" viewBox="0 0 {} 100" preserveAspectRatio="none">{}</svg>'
    ).format(summary, max(width, 1), Markup("").join(bars))


def graph(stories: Sequence[LinkedStory]) -> Markup:
    """The stories as numbered discs on a circle, larger the more link them, and the links between them as curves."""
    size, centre, radius = 460, 230.0, 180.0
    most = max((story.links for story in stories), default=1)
    points = [
        (
            centre + radius * math.sin(2 * math.pi * place / len(stories)),
            centre - radius * math.cos(2 * math.pi * place / len(stories)),
        )
        for place in range(len(stories))
    ]
    parts: list[Markup] = []
    edges = 0
    for place, story in enumerate(stories):
        x, y = points[place]
        for other in story.by:
            from_x, from_y = points[other]
            edges += 1
            path = f"M{from_x:.1f} {from_y:.1f}Q{centre:.1f} {centre:.1f} {x:.1f} {y:.1f}"
            parts.append(Markup('<path class="edge" d="{}"/>').format(path))
    for place, (story, (x, y)) in enumerate(zip(stories, points, strict=True)):
        disc = 14 + 12 * math.sqrt(story.links / most)
        parts.append(
            Markup(
                '<g><title>{}: linked by {}</title><circle class="node" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>'
                '<text x="{:.1f}" y="{:.1f}" dy="0.35em">{}</text></g>'
            ).format(clean_line(story.title), story.links, x, y, disc, x, y, place + 1)
        )
    label = f"Graph of the {len(stories)} most linked stories and the {edges} links between them; listed beside it"
    return Markup('<svg class="graph" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>').format(
        label, size, size, Markup("").join(parts)
    )
