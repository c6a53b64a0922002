"""Elements that say what they hold: by class, id, itemprop, rel or a printed label."""

from __future__ import annotations

import pytest

from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.semantic_marks import SemanticMarks


def marks(body: str) -> SemanticMarks:
    return Document(f"<html><body>{body}</body></html>".encode(), "https://example.org/a/1").marks


@pytest.mark.parametrize(
    ("attribute", "means"),
    [
        ('class="article-tags wide"', "tags"),
        ('class="articleTags"', "tags"),
        ('class="articletags"', "tags"),
        ('id="READ-MORE"', "related"),
        ('class="read more"', None),
        ('class="topTitle"', "kicker"),
        ('class="stage heritage"', None),
        ('id="docId"', "code"),
        ('class="c-breadcrumbs__list"', "crumbs"),
        ('class="entry-author"', "author"),
        (f'class="{"x" * 80}-tags"', None),
        (f'class="tags {"long " * 1000}"', None),
    ],
)
def test_what_a_name_says(attribute: str, means: str | None) -> None:
    named = marks(f"<div {attribute}>text</div>").named
    found = [what for what, elements in named.items() if elements]
    assert found == ([means] if means else []), attribute


def test_names_are_found_again_and_in_document_order() -> None:
    for _ in range(2):  # the second time the names are known
        named = marks(
            '<p id="tags">1</p><div class="tag">2</div><span id="tag-list" class="tags">3</span>'
        ).named
        assert [element.text for element in named["tags"]] == ["1", "2", "3"]


def test_labels_in_document_order_with_what_follows() -> None:
    found = marks(
        "<h1>Bridge opens</h1><p>Story code: 983389</p><p>Text<br>Tagged</p><b>Read more</b>"
    ).labels
    assert [(label.means, label.rest) for label in found] == [
        ("code", "983389"),
        ("tags", ""),
        ("related", ""),
    ]


def test_labels_of_a_menu_far_above_the_headline_are_none() -> None:
    menu = "<div>" + "<p>Featured</p><a href=/x>x</a>" * 30 + "</div>"
    rest = "<p>Some text of the story.</p>" * 120
    found = marks(f"{menu}<h1>Bridge opens</h1>{rest}<p>Featured</p>").labels
    assert len(found) < 30
    assert found[-1].means == "related"


def test_microdata_and_link_relations_by_their_tokens() -> None:
    found = marks('<a rel="Tag nofollow" itemprop="about keywords">x</a>')
    assert [element.tag for element in found.rels["tag"]] == ["a"]
    assert [element.tag for element in found.props["keywords"]] == ["a"]
