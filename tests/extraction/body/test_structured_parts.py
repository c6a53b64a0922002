"""Declared recipes, instructions and questions bring their short lines into the body."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawler.extraction.body.body_extractor import find_body
from newscrawler.extraction.body.segmentation import segment
from newscrawler.extraction.body.structured_parts import declared_blocks, declared_lines
from newscrawler.extraction.headline.title import find_title
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from tests.extraction.body.test_block_features import PARAGRAPH

RECIPE = {
    "@type": "Recipe",
    "recipeIngredient": ["125 g butter, soft", "2 ripe pears"],
    "recipeInstructions": [
        {
            "@type": "HowToSection",
            "name": "The dough",
            "itemListElement": [{"@type": "HowToStep", "text": "Knead."}],
        },
        {"@type": "HowToStep", "text": "<p>Slice the pears and lay them on the dough.</p>"},
    ],
}
QUESTIONS = {
    "@type": "FAQPage",
    "mainEntity": {
        "@type": "Question",
        "name": "Who pays?",
        "acceptedAnswer": {"@type": "Answer", "text": "The town."},
    },
}


def page(declared: Any, body: str) -> bytes:
    script = f'<script type="application/ld+json">{json.dumps(declared)}</script>'
    return f"<html><head>{script}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("declared", "lines"),
    [
        (
            RECIPE,
            [
                "125 g butter, soft",
                "2 ripe pears",
                "The dough",
                "Knead.",
                "Slice the pears and lay them on the dough.",
            ],
        ),
        (QUESTIONS, ["Who pays?", "The town."]),
        ({"@type": ["WebPage", "HowTo"], "step": ["Cut.", {"text": "Sew."}]}, ["Cut.", "Sew."]),
        ({"@type": "NewsArticle", "description": "No part."}, []),
        ({"@type": "Recipe", "recipeIngredient": {"a": [1, None, {"text": 5}]}}, []),
    ],
)
def test_lines(declared: Any, lines: list[str]) -> None:
    assert declared_lines(Document(page(declared, ""), "https://example.org/1")) == lines


def test_deep_nesting_ends() -> None:
    deep = '{"itemListElement":[' * 300 + '"Stir."' + "]}" * 300
    script = f'<script type="application/ld+json">{{"@type":"HowTo","step":{deep}}}</script>'
    assert declared_lines(Document(script.encode(), "https://example.org/1")) == []


def test_blocks_and_the_cells_beside_them() -> None:
    rows = "<tr><td>125 g</td><td>butter, soft</td></tr><tr><td>3</td><td>spoons</td></tr>"
    body = f"<table>{rows}</table><p>2 ripe pears</p>"
    document = Document(page(RECIPE, body), "https://example.org/1")
    blocks = segment(document.root)
    found = [blocks[at].text for at in sorted(declared_blocks(blocks, declared_lines(document)))]
    assert found == ["125 g", "butter, soft", "2 ripe pears"]


def test_the_body_of_a_recipe_has_its_ingredients() -> None:
    body = f"<h1>Pear cake of the islands</h1><article><p>{PARAGRAPH}</p><p>{PARAGRAPH[::-1]}</p></article>"
    body += "<aside><ul><li>125 g butter, soft</li><li>2 ripe pears</li><li>More recipes</li></ul></aside>"
    document = Document(page(RECIPE, body), "https://example.org/news/1")
    found = find_body(document, Selectors(), find_title(document, Selectors()))
    assert "125 g butter, soft\n\n2 ripe pears" in found.text
    assert "More recipes" not in found.text
