from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawler.fleet.syndication import SyndicationIndex
from newscrawler.journal.models import StoryRow
from newscrawler.journal.near_duplicates import signature
from tests.journal.making import text

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def row(key: str, body: str, published: str | None, seen: datetime = DAY + timedelta(days=9)) -> StoryRow:
    return StoryRow(
        key=key,
        page_key=key,
        url=f"https://{key}.example/",
        canonical=None,
        title=key,
        title_key=key,
        content_hash=None,
        published=published,
        first_seen=seen,
        changed=seen,
        revision=1,
        undelivered=False,
        duplicate_of=None,
        similarity=None,
        signature=signature(body),
        syndicated_from=None,
    )


def found(tmp_path: Path, *stories: tuple[str, StoryRow]) -> dict[tuple[str, str], str]:
    index = SyndicationIndex(tmp_path / "index.sqlite")
    for site, story in stories:
        index.add(site, story)
    result = {(one.site, one.key): one.origin_url for one in index.syndicated()}
    index.close()
    return result


def test_the_earliest_of_all_sites_is_the_origin(tmp_path: Path) -> None:
    agency = text(1)
    edited = agency + " The editor has added these words of the paper's own."
    assert found(
        tmp_path,
        ("east", row("e1", edited, "2026-11-03T10:00:00+01:00")),
        ("west", row("w1", agency, "2026-11-02T23:30:00-05:00")),
        ("north", row("n1", agency, "2026-11-03T08:00:00Z")),
        ("north", row("n2", text(2), "2026-11-01")),
    ) == {("east", "e1"): "https://w1.example/", ("north", "n1"): "https://w1.example/"}


def test_a_site_s_own_copies_and_short_texts_are_none(tmp_path: Path) -> None:
    assert (
        found(
            tmp_path,
            ("east", row("e1", text(1), "2026-11-01")),
            ("east", row("e2", text(1), "2026-11-02")),
            ("west", row("w3", "Watch the video.", "2026-11-01")),
            ("east", row("e3", "Watch the video.", "2026-11-02")),
        )
        == {}
    )


def test_a_story_without_a_date_is_as_old_as_its_first_sight(tmp_path: Path) -> None:
    assert found(
        tmp_path,
        ("east", row("e1", text(1), None, seen=DAY)),
        ("west", row("w1", text(1), "2026-11-02")),
    ) == {("west", "w1"): "https://e1.example/"}


def test_boilerplate_that_thousands_share_costs_no_square(tmp_path: Path) -> None:
    stories = [
        (f"site-{n}", row(f"s{n}", text(1), f"2026-11-01T00:{n // 60 % 60:02d}:{n % 60:02d}Z"))
        for n in range(2000)
    ]
    origins = found(tmp_path, *stories)
    assert set(origins.values()) == {"https://s0.example/"}
    assert len(origins) == 1999
