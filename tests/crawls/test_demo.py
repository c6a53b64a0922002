"""The bundled demo site, crawled as `make crawl` does, against its own truth."""

from collections import Counter
from dataclasses import asdict

import pytest

from newscrawler.demo import truth
from newscrawler.items import Story
from tests.crawls.running import crawl

# Every field that the demo's pages state; the others belong to the crawl.
STATED = [
    "story_id",
    "site",
    "story_code",
    "url",
    "canonical_url",
    "title",
    "kicker",
    "lead",
    "published",
    "published_raw",
    "published_zone_from",
    "modified",
    "authors",
    "section",
    "tags",
    "language",
    "body",
    "word_count",
    "image",
    "image_caption",
    "images",
    "videos",
    "related",
    "comment_count",
    "kind",
]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    done = crawl(tmp_path_factory.mktemp("demo"), settings={})
    assert done.code == 0, done.told()
    return done


def test_exactly_the_true_set_of_stories(run):
    assert truth().problem([story["story_code"] for story in run.stories]) is None


@pytest.mark.parametrize("field", STATED)
def test_every_story_s_field_is_the_truth(run, field):
    expected = truth().stories
    wrong = [
        (story["url"], asdict(expected[story["story_code"]])[field], story[field])
        for story in run.stories
        if asdict(expected[story["story_code"]])[field] != story[field]
    ]
    assert not wrong, f"{field} is wrong in {len(wrong)} stories; address, truth, crawled: {wrong[0]}"


def test_every_line_has_every_key_in_the_declared_order(run):
    for story in run.stories:
        assert list(story) == list(Story.__dataclass_fields__), story["url"]


def test_no_two_lines_share_a_title_key(run):
    counts = Counter(story["title_key"] for story in run.stories)
    assert [key for key, count in counts.items() if count > 1] == []


def test_the_summary_tells_stories_duplicates_and_the_file(run):
    assert "demo: 127 stories" in run.stderr
    assert "duplicate-title" in run.stderr
    assert str(run.files[0]) in run.stderr
    assert len(run.files) == 1


def test_hidden_stories_say_how_they_were_found(run):
    via = {story["story_code"]: story["found_via"] for story in run.stories}
    assert {code: via[code] for code in truth().only_via} == truth().only_via


def test_nothing_but_the_feed_and_the_journal_is_left(run):
    left = {path.relative_to(run.output).parts[0] for path in run.output.rglob("*") if path.is_file()}
    assert left == {"demo", ".journal"}


def test_a_second_run_has_nothing_new(tmp_path):
    first, second = crawl(tmp_path, settings={}), crawl(tmp_path, settings={})
    assert first.code == second.code == 0, second.told()
    assert "nothing new" in second.stderr
    assert len(second.files) == 1


def test_max_stories_brings_exactly_as_many_and_the_next_run_the_rest(tmp_path):
    first = crawl(tmp_path, "-a", "max_stories=10", settings={})
    assert first.code == 0, first.told()
    assert len(first.stories) == 10
    second = crawl(tmp_path, settings={})
    assert truth().problem([story["story_code"] for story in second.stories]) is None


def test_since_brings_no_older_story(tmp_path):
    run = crawl(tmp_path, "-a", "since=2026-11-01", settings={})
    assert run.code == 0, run.told()
    dated = {code: story.published for code, story in truth().stories.items() if story.published}
    expected = {code for code, published in dated.items() if published >= "2026-11-01"}
    got = {story["story_code"] for story in run.stories if story["published"]}
    assert got - expected == set()
    assert expected - got <= {code for pair in truth().either for code in pair}
