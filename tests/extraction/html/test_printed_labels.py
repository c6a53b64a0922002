"""Printed labels in all their languages and marks: each leads to the tags or to the stories that it announces."""

from __future__ import annotations

import pytest

from newscrawler.extraction.fields.related_stories import find_related
from newscrawler.extraction.fields.tags import find_tags
from newscrawler.extraction.html.printed_labels import EITHER, LABELS, label_of
from newscrawler.extraction.html.selectors import Selectors
from tests.extraction.pages import body_of, page

TAGS = {"/x/1": "Bridges", "/x/2": "Kestrel", "/x/3": "City traffic"}
STORIES = {
    "/politics/2024/05/ferry-strike-enters-second-week-12345": "Ferry strike enters its second week as talks stall",
    "/politics/2024/05/old-cannery-may-become-library-12346": "Why the old cannery may become a library",
    "/politics/2024/05/storm-warning-lifted-coast-12347": "Storm warning lifted along the northern coast",
}
SHAPES = {
    "span": "<div><span>{label}:</span> {links}</div>",
    "text": "<div>{label}: {links}</div>",
    "heading": "<div><h3>{label}</h3>{items}</div>",
    "sibling": "<h4>{label}</h4>{items}",
    "bold": "<p><b>{label}</b> {links}</p>",
    "space before the colon": "<p><strong>{label} :</strong>&nbsp;{links}</p>",
    "terms": "<dl><dt>{label}</dt>{terms}</dl>",
}


def shaped(shape: str, label: str, links: dict[str, str]) -> str:
    anchors = [f"<a href={href}>{text}</a>" for href, text in links.items()]
    return SHAPES[shape].format(
        label=label,
        links=", ".join(anchors),
        items=f"<ul>{''.join(f'<li>{anchor}</li>' for anchor in anchors)}</ul>",
        terms="".join(f"<dd>{anchor}</dd>" for anchor in anchors),
    )


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("kind", "links"), [("tags", TAGS), ("related", STORIES)], ids=["tags", "related"])
def test_labels_lead_to_what_they_announce(kind: str, links: dict[str, str], shape: str) -> None:
    wrong = []
    for label in LABELS[kind]:
        for written in (label, label.capitalize(), label.upper()):
            document = page(f"<h1>A bridge reopens</h1><p class=t>text</p>{shaped(shape, written, links)}")
            if kind == "tags":
                found = find_tags(document, Selectors()).value
            else:
                found = [
                    story.title for story in find_related(document, Selectors(), body_of(document)).value
                ]
            if found != list(links.values()):
                wrong.append(f"{written}: {found}")
    assert not wrong


def test_what_follows_decides_for_labels_of_both() -> None:
    assert label_of("Mehr zum Thema") == (EITHER, "")
    tagged = page(f"<h1>x</h1><p class=t>text</p>{shaped('heading', 'Mehr zum Thema', TAGS)}")
    listed = page(f"<h1>x</h1><p class=t>text</p>{shaped('heading', 'Mehr zum Thema', STORIES)}")
    assert find_tags(tagged, Selectors()).value == list(TAGS.values())
    assert find_related(tagged, Selectors(), body_of(tagged)).value == []
    assert find_tags(listed, Selectors()).value == []
    assert len(find_related(listed, Selectors(), body_of(listed)).value) == 3
