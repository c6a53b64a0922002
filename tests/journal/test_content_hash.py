from __future__ import annotations

import pytest

from newscrawler.journal import content_hash


@pytest.mark.parametrize(
    ("title", "lead", "body"),
    [
        ("A  title", "Lead.", "One.\n\nTwo words."),
        ("A title", "Lead.", "One. Two\u00a0wo\u00adrds."),
        ("A title\u200b", "Lead.\ufeff", "One.\r\nTwo words.\u200e"),
        ("A title", None, "Lead.\n\nOne.\n\nTwo words."),
    ],
)
def test_what_a_reader_does_not_see_does_not_count(title: str, lead: str | None, body: str) -> None:
    assert content_hash(title, lead, body) == content_hash("A title", "Lead.", "One.\n\nTwo words.")


def test_composed_and_decomposed_letters_are_one() -> None:
    assert content_hash("Cafe\u0301", None, "x") == content_hash("Café", None, "x")


@pytest.mark.parametrize(
    ("title", "lead", "body"),
    [
        ("a title", "Lead.", "One.\n\nTwo words."),
        ("A title", "Lead!", "One.\n\nTwo words."),
        ("A title", "Lead.", "One.\n\nTwo worlds."),
        ("A title", None, "One.\n\nTwo words."),
    ],
)
def test_an_edit_counts(title: str, lead: str | None, body: str) -> None:
    assert content_hash(title, lead, body) != content_hash("A title", "Lead.", "One.\n\nTwo words.")


def test_lone_surrogates_do_no_harm() -> None:
    assert content_hash("\ud800", None, "") == content_hash("\ud800", None, "")
