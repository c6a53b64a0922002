"""What class, id and role names say."""

from __future__ import annotations

import pytest

from newscrawler.extraction.html import class_vocabulary
from newscrawler.extraction.html.class_vocabulary import COMMENTS, HINTS, LEAD, MEANINGS, RELATED, read, said


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("comment-list", COMMENTS),
        ("CommentList", COMMENTS),
        ("kommentarbereich", COMMENTS),  # a beginning
        ("c-teaser c-teaser--small", RELATED),
        ("read-more", RELATED),  # two words that make one
        ("readMore", RELATED),
        ("article__standfirst", LEAD),
        ("sub-head", LEAD),
        ("head-line", 0),
        ("leader", 0),
    ],
)
def test_hints(value: str, hint: int) -> None:
    assert said(value) & (COMMENTS | RELATED | LEAD) == hint, value


@pytest.mark.parametrize(
    ("value", "means"),
    [
        ("article-tags wide", "tags"),
        ("READ-MORE", "related"),
        ("storyId", "code"),
        ("topTitle", "kicker"),
        ("stage heritage", None),
        ("read more", None),  # two names
        ("x" * 80 + "-tags", None),
        ("tags " + "long " * 1000, None),
    ],
)
def test_meanings(value: str, means: str | None) -> None:
    found = [name for name, bit in MEANINGS.items() if said(value) & bit]
    assert found == ([means] if means else []), value


@pytest.mark.parametrize("value", ["", "  ", "\n", "123", "ünïcödé-tags", "日本", "-_-", "\x00", "A" * 5000])
def test_anything_is_read_without_error(value: str) -> None:
    assert said(value) >= 0
    assert said(value) == read({value, "tags"})[value]


def test_values_are_read_alike_alone_and_together() -> None:
    values = {
        f"{first}{mark}{second}"
        for first in ("read", "article", "x1")
        for mark in "-_ 1"
        for second in ("more", "Tags")
    }
    alone = {value: said(value) for value in sorted(values)}
    for known in (class_vocabulary._values, class_vocabulary._names, class_vocabulary._words):
        known.clear()
    together = read(set(values))
    assert {value: together[value] for value in sorted(values)} == alone


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(class_vocabulary, "_MOST_KNOWN", 50)
    for known in (class_vocabulary._values, class_vocabulary._names, class_vocabulary._words):
        known.clear()
    letters = "abcdefghijklmnopqrst"
    for first in letters:
        for second in letters:
            assert said(f"{first}{second}{first}-comment") & COMMENTS, first + second
    for known in (class_vocabulary._values, class_vocabulary._names, class_vocabulary._words):
        assert 0 < len(known) <= 50
    assert said("comment") & HINTS
