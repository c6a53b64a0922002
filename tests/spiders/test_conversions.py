import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.http import Response

from newscrawler.discovery.frontier.candidates import VIA, Candidate
from newscrawler.items import Image, RelatedStory, Story
from newscrawler.journal import Journal
from newscrawler.outcome import Outcome
from newscrawler.spiders.conversions import candidate_of, completed, found_page, story_of, visit_of

JOURNAL = Path(__file__).parents[1] / "crawls" / "journal_before_renames.sqlite.gz"


def story(**more):
    return Story(url="https://harbour.example/1", title="Ferry runs", **more)


def test_candidates_come_out_of_an_earlier_version_s_journal(tmp_path):
    path = tmp_path / "demo.sqlite"
    path.write_bytes(gzip.decompress(JOURNAL.read_bytes()))
    with Journal.open(f"sqlite:///{path}") as journal:
        candidates = [candidate_of(page) for page in journal.pages.pending("demo")]
    assert len(candidates) == 138
    assert {one.link_type for one in candidates} <= set(VIA)
    assert {one.expected_type for one in candidates} >= {"story", "unknown"}
    assert any(one.source_published for one in candidates)
    assert all(one.found_on and one.depth for one in candidates)


def test_a_candidate_survives_the_journal(tmp_path):
    found = Candidate(
        "https://harbour.example/1", "feed", "https://harbour.example/feed", 2, "2026-11-20", None, "Ferry", "source",
        4, "story", "2026-11-20",
    )  # fmt: skip
    found.key = found.url
    with Journal.open(f"sqlite:///{tmp_path / 'a.sqlite'}") as journal:
        journal.pages.offer("harbour", [found_page(found)])
        (page,) = journal.pages.pending("harbour")
    again = candidate_of(page)
    names = ("url", "link_type", "found_on", "depth", "date", "title", "place", "position", "expected_type")
    assert [getattr(again, name) for name in (*names, "source_published")] == [
        getattr(found, name) for name in (*names, "source_published")
    ]


@pytest.mark.parametrize(
    ("stated", "zone_from"), [("2026-11-20T10:00:00+00:00", "feed"), ("2026-11-20", None)]
)
def test_a_feed_s_date_stands_in_for_a_missing_one(stated, zone_from):
    candidate = Candidate("https://harbour.example/1", "navigation", source_published=stated)
    done = completed(story(), candidate, "harbour")
    assert (done.published, done.published_zone_from) == (stated, zone_from)
    assert done.sources["published"] == "feed"
    assert done.found_via == "listing"
    assert datetime.fromisoformat(done.fetched).tzinfo == UTC


def test_a_journaled_story_is_whole_again():
    item = {
        "url": "https://harbour.example/1",
        "title": "Ferry runs",
        "images": [{"url": "https://harbour.example/a.png", "alt": "A boat"}],
        "related": [{"title": "Other", "url": "https://harbour.example/2"}],
        "of_a_later_version": 1,
    }
    again = story_of(item)
    assert again.images == [Image(url="https://harbour.example/a.png", alt="A boat")]
    assert again.related == [RelatedStory(title="Other", url="https://harbour.example/2")]
    assert again.tags == []


def test_a_visit_keeps_the_validators_and_a_plain_word():
    headers = {"ETag": '"a"', "Last-Modified": "Mon, 30 Nov 2026 10:00:00 GMT"}
    visit = visit_of(Outcome.STORY, Response("https://harbour.example/1", headers=headers), kind="story")
    assert type(visit.outcome) is str
    assert visit.validators.etag == '"a"'
    assert visit.validators.last_modified == "Mon, 30 Nov 2026 10:00:00 GMT"
    assert visit_of(Outcome.ERROR, None).validators is None


@pytest.mark.parametrize(("texts", "is_believed"), [(["a", "a", "a"], False), (["a", "a", "b"], True)])
def test_a_story_that_never_changed_is_not_asked_for_because_a_source_says_that_it_did(
    tmp_path, texts, is_believed
):
    response = Response("https://harbour.example/1", headers={"ETag": '"1"'})
    now = datetime.now(UTC)
    item = {"story_id": "1", "url": response.url, "title": "Ferry", "published": now.isoformat()}
    with Journal.open(f"sqlite:///{tmp_path / 'a.sqlite'}") as journal:
        for text in texts:
            visit = visit_of(Outcome.STORY, response, kind="story")
            journal.stories.store("harbour", "1", {**item, "content_hash": text}, visit=visit)
        later = {"1": now + timedelta(minutes=5)}
        assert journal.pages.outdated("harbour", later) == ({"1"} if is_believed else set())
