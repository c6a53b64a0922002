"""Labels beside dates."""

from __future__ import annotations

import pytest

from newscrawler.extraction.dates.date_labels import is_modified_label, is_other_label, is_published_label


@pytest.mark.parametrize("text", ["Updated", "Aktualisiert am", "Последнее обновление", "به‌روزرسانی"])
def test_labels_of_changes(text: str) -> None:
    assert is_modified_label(text)


def test_labels_of_publication() -> None:
    assert is_published_label("Published on")
    assert not is_published_label("")


def test_a_name_is_no_label() -> None:
    assert not any(test("Jane Doe") for test in (is_modified_label, is_other_label, is_published_label))


@pytest.mark.parametrize("text", ["Born:", "Geboren am", "Nacido el", "Родился", "出生"])
def test_a_birthday_is_another_date(text: str) -> None:
    assert is_other_label(text)
