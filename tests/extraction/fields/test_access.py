"""Access as pages declare it."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawler.extraction.fields.access import find_is_free
from tests.extraction.pages import page

ARTICLE: dict[str, Any] = {"@type": "NewsArticle", "headline": "A bridge reopens"}


@pytest.mark.parametrize(
    ("head", "ld", "free"),
    [
        ("", {**ARTICLE, "isAccessibleForFree": "False"}, False),
        ("", {**ARTICLE, "isAccessibleForFree": True}, True),
        ("<meta property='article:content_tier' content='locked'>", None, False),
        ("", None, None),
    ],
)
def test_is_free(head: str, ld: Any, free: bool | None) -> None:
    assert find_is_free(page(head=head, ld=ld)).value is free
