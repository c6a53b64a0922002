"""Class, id and role names are read for hints and meanings."""

from __future__ import annotations

import pytest

from newscrawler.extraction.html import class_vocabulary
from newscrawler.extraction.html.class_vocabulary import COMMENTS, LEAD, MEANINGS, RELATED, class_bits


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
    assert class_bits(value) & (COMMENTS | RELATED | LEAD) == hint, value


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
    found = [name for name, bit in MEANINGS.items() if class_bits(value) & bit]
    assert found == ([means] if means else []), value


@pytest.mark.parametrize("value", ["", "  ", "\n", "123", "ünïcödé-tags", "日本", "-_-", "\x00", "A" * 5000])
def test_anything_is_read_without_error(value: str) -> None:
    assert class_bits(value) >= 0
    assert class_bits(f"{value} tags") & MEANINGS["tags"] or len(value) > 1000


def test_the_names_of_a_value_are_read_one_by_one() -> None:
    assert class_bits("read-more x1 articleTags") == class_bits("read-more") | class_bits("articleTags")


def test_what_is_kept_is_bounded() -> None:
    for cache in (class_bits, class_vocabulary._word_bits):
        limit = cache.cache_info().maxsize
        assert limit is not None
        assert limit <= 10_000
