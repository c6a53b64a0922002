"""Captions and credits taken apart."""

from __future__ import annotations

import pytest

from newscrawler.extraction.body.captions import split_credit_text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A bridge. (Photo: Jane Doe)", ("A bridge.", "Jane Doe")),
        ("A bridge © Example Agency", ("A bridge", "Example Agency")),
        ("Foto: Max Bild", (None, "Max Bild")),
        ("A photo of a bridge", ("A photo of a bridge", None)),
        ("A bridge. Foto di Jane Doe", ("A bridge.", "Jane Doe")),
        ("A bridge. (AP Photo/Jane Doe)", ("A bridge.", "AP Photo/Jane Doe")),
        ("A bridge. REUTERS/Jane Doe", ("A bridge.", "REUTERS/Jane Doe")),
        ("A bridge. Zdjęcie: Jan Kowalski", ("A bridge.", "Jan Kowalski")),
        ("A bridge. Symbolbild: Jane Doe", ("A bridge.", "Jane Doe")),
        ("A bridge. Courtesy of Jane Doe", ("A bridge.", "Jane Doe")),
        ("The foto de la plaza", ("The foto de la plaza", None)),
    ],
)
def test_credits(text: str, parts: tuple[str | None, str | None]) -> None:
    assert split_credit_text(text) == parts
