"""What a run knows of earlier ones: only what is new, nothing twice, edits noticed."""

import json
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta

from tests.crawls.running import FAST, crawl, scrapy
from tests.newssite import Delay, NewsSite

# Stories of the last hours: they are looked at again for corrections.
FRESH = {"newest": datetime.now(UTC).replace(tzinfo=None, microsecond=0) - timedelta(hours=1)}


def in_journal(output, query):
    """The rows that a query gives, or changes, in the only journal of a crawl's output."""
    (path,) = output.glob(".journal/*.sqlite")
    with sqlite3.connect(path) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def let_pass(output, hours):
    """Make the journal believe that all that it knows was so much earlier."""
    for table, columns in (("pages", ("first_seen", "last_seen", "fetched", "next_look")),):
        for column in columns:
            earlier = f"strftime('%Y-%m-%dT%H:%M:%f', {column}, '-{hours} hours') || '000Z'"
            statement = f"UPDATE {table} SET {column} = {earlier} WHERE {column} IS NOT NULL"  # noqa: S608 ours
            in_journal(output, statement)


def again(site, output, *words, **settings):
    """One more crawl: itself, and how many requests it took."""
    before = len(site.log)
    run = crawl(output, "-a", f"url={site.url}", *words, settings={**FAST, **settings})
    return run, len(site.log) - before


def lines(run):
    return [len(file.read_text("utf-8").splitlines()) for file in run.files]


def test_unchanged_then_new_and_edited_stories(tmp_path):
    with NewsSite(stories=100, **FRESH) as site:
        first, requests = again(site, tmp_path / "plain")
        assert first.code == 0, first.told()
        assert lines(first) == [100]

        second, revisited = again(site, tmp_path / "plain")
        assert second.code == 0, second.told()
        assert "nothing new" in second.stderr
        assert lines(second) == [100], "a file was written although nothing was new"
        assert max(site.fetches().values()) == 1, "a known story was fetched again"
        assert revisited <= 15, f"{revisited} requests after {requests}"

        new = site.add(20)
        edited = site.edit(25)[20:]
        site.truth()
        let_pass(tmp_path / "plain", 2)
        shutil.copytree(tmp_path / "plain", tmp_path / "updates")
        plain, _ = again(site, tmp_path / "plain")
        assert plain.code == 0, plain.told()
        assert sorted(story["url"] for story in plain.stories[100:]) == sorted(story.url for story in new)

        updates, _ = again(site, tmp_path / "updates", UPDATES=1)
        assert updates.code == 0, updates.told()
        fresh = {story["url"]: story["revision"] for story in updates.stories[100:]}
        assert fresh == {story.url: 1 for story in new} | {story.url: 2 for story in edited}
        assert len(updates.stories) == 125
        assert "25 stories (5 of them revised)" in updates.stderr

        last, _ = again(site, tmp_path / "updates", UPDATES=1)
        assert "nothing new" in last.stderr, last.told()
        assert len(last.files) == 2

        # What a person sees of it.
        name = first.files[0].parent.name
        asked = ("--site", name, "-s", f"OUTPUT_DIR={tmp_path / 'plain'}")
        runs = scrapy("journal", "runs", "--json", *asked)
        assert runs.returncode == 0, runs.stderr
        assert [json.loads(line)["state"] for line in runs.stdout.splitlines()] == ["finished"] * 3
        diff = scrapy("journal", "diff", edited[0].url, *asked)
        assert diff.returncode == 0, diff.stderr
        assert edited[0].paragraphs[-1].split(". ")[0] in diff.stdout
        why = scrapy("journal", "why", edited[0].url, *asked)
        assert why.returncode == 0, why.stderr
        assert "story" in why.stdout


def test_a_revision_stays_in_the_journal_without_updates(tmp_path):
    with NewsSite(stories=12, **FRESH) as site:
        again(site, tmp_path)
        edited = site.edit(2, title=True)
        site.truth()
        let_pass(tmp_path, 2)
        second, _ = again(site, tmp_path)
        assert second.code == 0, second.told()
        assert lines(second) == [12]
        assert "revised" in second.stderr
        found = in_journal(tmp_path, "SELECT url, title FROM stories WHERE revision = 2 ORDER BY url")
        assert found == sorted((story.url, story.title) for story in edited)
        assert in_journal(tmp_path, "SELECT count(*) FROM stories") == [(12,)]


def test_a_later_change_in_the_sitemap_is_a_reason_to_look_again(tmp_path):
    with NewsSite(stories=12, newest=FRESH["newest"], every=timedelta(minutes=5)) as site:
        again(site, tmp_path)
        edited = site.edit(2)  # their lastmod lies after the fetch, and no look is due yet
        site.truth()
        let_pass(tmp_path, 0.6)
        second, _ = again(site, tmp_path, UPDATES=1)
        assert sorted(story["url"] for story in second.stories[12:]) == sorted(one.url for one in edited)


def test_again_fetches_all_and_delivers_what_changed(tmp_path):
    with NewsSite(stories=15) as site:
        again(site, tmp_path)
        second, requests = again(site, tmp_path, "-a", "again=true")
        assert second.code == 0, second.told()
        assert requests >= 15
        assert set(site.fetches().values()) == {2}
        assert "nothing new" in second.stderr
        assert lines(second) == [15]
        (edited,) = site.edit(1)
        site.truth()
        third, _ = again(site, tmp_path, "-a", "again=true", "-a", "max_stories=1", UPDATES=1)
        assert [story["url"] for story in third.stories[15:]] == [edited.url], third.told()


def test_over_the_limit_stays_pending_and_comes_next(tmp_path):
    with NewsSite(stories=30) as site:
        site.fault("/news/", Delay(0.05))
        for expected in (12, 24, 30):
            run, _ = again(site, tmp_path, "-a", "max_stories=12")
            assert run.code == 0, run.told()
            assert len(run.stories) == expected
        assert sorted(story["url"] for story in run.stories) == sorted(site.truth())


def test_what_since_left_out_comes_with_a_run_without_it(tmp_path):
    with NewsSite(stories=40) as site:
        first, _ = again(site, tmp_path, "-a", "since=2026-11-20")
        assert 0 < len(first.stories) < 40
        second, _ = again(site, tmp_path)
        assert sorted(story["url"] for story in second.stories) == sorted(site.truth()), second.told()


def test_titles_and_texts_that_repeat_across_runs(tmp_path):
    with NewsSite(stories=12, recurring=3, newest=FRESH["newest"] - timedelta(days=2)) as site:
        first, _ = again(site, tmp_path)
        assert lines(first) == [15], first.told()
        assert [story["title"] for story in first.stories].count("Morning briefing") == 3
        truth = site.truth()
        old = [story for story in truth.values() if story.title != "Morning briefing"][:3]
        update, other, again_sent, copy, briefing = site.add(5)
        update.title = other.title = old[0].title.upper()
        update.published = other.published = old[0].published + timedelta(hours=1)
        update.paragraphs = [*old[0].paragraphs, *other.paragraphs[:1]]
        again_sent.paragraphs = list(old[2].paragraphs)
        again_sent.published = old[2].published
        copy.paragraphs = [*old[1].paragraphs, *other.paragraphs[1:2]]
        briefing.title = "Morning briefing"
        briefing.published += timedelta(days=1)
        site.changed()
        site.truth()

        second, _ = again(site, tmp_path)
        fresh = {story["url"] for story in second.stories[15:]}
        assert fresh == {other.url, copy.url, briefing.url}, second.told()
        dropped = in_journal(
            tmp_path, "SELECT outcome, url, twin FROM pages WHERE outcome LIKE 'duplicate-t%'"
        )
        assert sorted(dropped) == [
            ("duplicate-text", again_sent.url, old[2].url),
            ("duplicate-title", update.url, old[0].url),
        ]
        assert f"(kept: {old[0].url})" in second.stderr
        near = in_journal(
            tmp_path,
            "SELECT one.url, other.url FROM stories one JOIN stories other ON other.key = one.duplicate_of",
        )
        assert near == [(copy.url, old[1].url)]


def test_a_title_counts_as_seen_within_the_window_or_for_ever(tmp_path):
    with NewsSite(stories=8, **FRESH) as site:
        again(site, tmp_path / "window")
        earlier = "strftime('%Y-%m-%dT%H:%M:%f', first_seen, '-40 days') || '000Z'"
        in_journal(tmp_path / "window", f"UPDATE stories SET first_seen = {earlier}")  # noqa: S608 ours
        shutil.copytree(tmp_path / "window", tmp_path / "ever")
        (twin,) = site.add(1)
        old = next(iter(site.truth().values()))
        twin.title, twin.published = old.title, old.published + timedelta(hours=1)
        twin.paragraphs = [*old.paragraphs, *twin.paragraphs[:1]]
        site.changed()
        site.truth()
        kept, _ = again(site, tmp_path / "window")
        assert [story["url"] for story in kept.stories[8:]] == [twin.url], kept.told()
        dropped, _ = again(site, tmp_path / "ever", DUPLICATE_WINDOW_DAYS=0)
        assert len(dropped.stories) == 8, dropped.told()
        assert "duplicate-title" in dropped.stderr


def test_a_journal_on_postgresql(tmp_path, postgres_url):
    with NewsSite(stories=12) as site:
        first, _ = again(site, tmp_path, JOURNAL=postgres_url)
        assert first.code == 0, first.told()
        assert lines(first) == [12]
        site.add(2)
        second, _ = again(site, tmp_path, JOURNAL=postgres_url)
        assert second.code == 0, second.told()
        assert sorted(story["url"] for story in second.stories) == sorted(site.truth())
        assert not list(tmp_path.glob(".journal/*.sqlite"))


def test_a_story_that_is_taken_down_stays_in_the_journal(tmp_path):
    with NewsSite(stories=20, **FRESH) as site:
        again(site, tmp_path)
        site.truth()
        gone = site.remove(1)[0]
        (journal,) = tmp_path.glob(".journal/*.sqlite")
        with sqlite3.connect(journal) as database:
            database.execute(
                "UPDATE pages SET next_look = '2001-01-01T00:00:00.000000Z' WHERE kind = 'story'"
            )
        run, _ = again(site, tmp_path)
        assert run.code == 0, run.told()
        told = scrapy(
            "journal", "why", gone.url, "-s", f"OUTPUT_DIR={tmp_path}", "--site", run.files[0].parent.name
        )
        assert "later http-404" in told.stdout, told.stdout + told.stderr
        with sqlite3.connect(journal) as database:
            outcomes = dict(
                database.execute("SELECT outcome, count(*) FROM pages WHERE kind = 'story' GROUP BY 1")
            )
        assert outcomes == {"story": 20}
