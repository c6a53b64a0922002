"""Which stories of one title are issues of a series, and are kept."""

from datetime import UTC, datetime

import pytest

from newscrawler.items import Story
from newscrawler.journal import StoryRow, content_hash
from newscrawler.journal.near_duplicates import signature
from newscrawler.pipelines.duplicates import is_series_issue

LONG = "The ferry to the northern islands leaves at seven, the council meets at nine, and rain is likely by noon."
OTHER = (
    "Three trains are late today, the theatre sells its last tickets, and a cold wind comes from the north."
)
SHORT, SHORTER = "A gull reads the paper.", "A gull sails home."


def story(body, published):
    return Story(
        url="https://harbour.example/2",
        title="Morning briefing",
        body=body,
        published=published,
        content_hash=content_hash("Morning briefing", None, body),
    )


def twin(body, published):
    return StoryRow(
        key="harbour:1",
        page_key="harbour.example/1",
        url="https://harbour.example/1",
        canonical=None,
        title="Morning briefing",
        title_key="morning briefing",
        content_hash=content_hash("Morning briefing", None, body),
        published=published,
        first_seen=datetime(2026, 11, 1, tzinfo=UTC),
        changed=datetime(2026, 11, 1, tzinfo=UTC),
        revision=1,
        undelivered=False,
        duplicate_of=None,
        similarity=None,
        signature=signature(body),
    )


@pytest.mark.parametrize(
    ("own", "own_day", "its", "its_day", "kept"),
    [
        (LONG, "2026-11-02T06:00:00", OTHER, "2026-11-01T06:00:00", True),
        (LONG, "2026-11-02T06:00:00", LONG, "2026-11-01T06:00:00", False),  # put out once more
        (LONG, "2026-11-01T09:00:00", OTHER, "2026-11-01T06:00:00", False),  # on one day
        (LONG, None, OTHER, "2026-11-01T06:00:00", False),
        (SHORT, "2026-11-02", SHORTER, "2026-11-01", True),  # two cartoons
        (SHORT, "2026-11-02", LONG, "2026-11-01", True),
        (SHORT, "2026-11-02", SHORT, "2026-11-01", False),
        (SHORT, "2026-11-01", SHORTER, "2026-11-01", False),
    ],
)
def test_other_day_and_other_text(own, own_day, its, its_day, kept):
    assert is_series_issue(story(own, own_day), signature(own), twin(its, its_day)) is kept
