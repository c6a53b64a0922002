"""Which pages are twins by text, and which stories of one title are one."""

from dataclasses import asdict
from datetime import timedelta

import pytest

from newscrawler.items import Story
from newscrawler.journal import content_hash
from newscrawler.pipelines.twins import (
    are_titles_alike,
    are_twins,
    is_update,
    text_overlap,
    time_apart,
)

BASE = "http://harbour.example"


def words(count, seed=0):
    """A text of so many words, no three of which come in a row in a text of another seed."""
    return " ".join(f"w{seed}x{n}" for n in range(count))


FERRY, BRIDGE = words(160, 1), words(160, 2)
TEMPLATE = " ".join(["Printable version. Send to a friend.", words(20, 9)])
TEASER = words(50, 7)


def story(url, title, body, published=None, **more):
    return Story(
        url=BASE + url,
        title=title,
        body=body,
        published=published,
        content_hash=content_hash(title, None, body),
        **more,
    )


def twins(one, other):
    verdicts = {
        are_twins(a, asdict(b), text_overlap(a.body, b.body)) for a, b in ((one, other), (other, one))
    }
    assert len(verdicts) == 1, "the order of two stories matters"
    return verdicts.pop()


def update(one, other):
    return is_update(one, asdict(other), text_overlap(one.body, other.body))


@pytest.mark.parametrize(
    ("url", "title", "body", "published"),
    [
        ("/spip.php?page=print&id_article=12", "Ferry leaves the old harbour", FERRY, "2026-11-02"),
        ("/spip.php?page=print&id_article=12", "The Paper", FERRY, "2026-11-30"),  # dated when it is printed
        ("/spip.php?page=print&id_article=12", "Ferry leaves", f"{TEMPLATE} {words(140, 1)}", "2026-11-02"),
        ("/spip.php?article12&id_document=7", "A crew on deck", FERRY, None),
        ("/alias-of-it", "Ferry leaves the old harbour", FERRY, "2026-11-02"),
        ("/alias-of-it", "Ferry leaves the old harbour", FERRY, None),
        ("/alias-of-it", "Wholly other words here today", FERRY, "2026-11-02"),
        ("/alias-of-it", "Ferry leaves the old harbour", f"{FERRY} {TEMPLATE}", "2026-11-02"),
    ],
)
def test_one_story_whatever_its_title_and_address(url, title, body, published):
    kept = story("/spip.php?article12", "Ferry leaves the old harbour - The Paper", FERRY, "2026-11-02")
    assert twins(story(url, title, body, published), kept)


@pytest.mark.parametrize(
    ("url", "title", "body", "published"),
    [
        ("/spip.php?article13", "Ferry leaves the old harbour", BRIDGE, "2026-11-02"),
        ("/spip.php?article13", "Ferry leaves the old harbour", FERRY, "2026-11-09"),  # of another week
        ("/spip.php?page=print&id_article=12", "Ferry leaves the old harbour", BRIDGE, "2026-11-02"),
        ("/spip.php?article13", "Wholly other words here today", f"{FERRY} {TEMPLATE}", "2026-11-02"),
        ("/spip.php?article13", "Ferry leaves the old harbour", f"{FERRY} {TEMPLATE}", None),
    ],
)
def test_two_stories(url, title, body, published):
    kept = story("/spip.php?article12", "Ferry leaves the old harbour", FERRY, "2026-11-02")
    assert not twins(story(url, title, body, published), kept)


def test_what_a_site_writes_under_every_story_makes_no_twins():
    day = "2026-11-02"
    for text in ("", "Watch the video.", TEASER):
        first = story("/1", "Ferry leaves the old harbour", text, day, videos=["http://v.example/1"])
        assert not twins(
            story("/2", "Bridge is closed for a week", text, day, videos=["http://v.example/2"]), first
        )
    # A long one needs the page's word that it is no whole story.
    long = story("/1", "Ferry leaves the old harbour", FERRY, day, is_free=False)
    assert not twins(story("/2", "Bridge is closed for a week", FERRY, day, is_free=False), long)


def test_short_texts_are_twins_when_all_is_the_same():
    def picture(url, image, day="2026-11-02"):
        return story(url, "The cartoon", "A gull reads the paper.", day, image=image)

    assert twins(picture("/a/gull", "/gull.png"), picture("/b/gull", "/gull.png"))
    assert not twins(picture("/a/gull", "/gull.png"), picture("/b/gull", "/other.png"))
    assert not twins(picture("/a/gull", "/gull.png"), picture("/b/gull", "/gull.png", "2026-11-03"))
    assert twins(picture("/gull?id_document=3", "/crop.png", None), picture("/gull", "/gull.png"))
    assert not twins(picture("/gull?id=3", "/crop.png", None), picture("/gull?id=4", "/gull.png"))


@pytest.mark.parametrize(
    ("published", "body", "expected"),
    [
        ("2026-11-02T10:00:00", f"{FERRY} {words(80, 3)}", True),  # two hours later, with more to tell
        ("2026-11-02T10:00:00", f"{FERRY} {words(2000, 3)}", True),
        ("2026-11-02T10:00:00", BRIDGE, False),
        ("2026-11-02", f"{FERRY} {words(80, 3)}", True),
        ("2026-11-03T08:00:00", f"{FERRY} {words(80, 3)}", False),  # the column of the next day
        ("2026-11-09T08:00:00", f"{FERRY} {words(80, 3)}", False),
        ("2026-11-09T08:00:00", FERRY, True),  # put out once more
        (None, f"{FERRY} {words(80, 3)}", False),
        (None, FERRY, True),
        ("2026-11-02T10:00:00", "Watch the video.", False),
    ],
)
def test_update_of_a_story_of_the_same_title(published, body, expected):
    first = story("/1", "Morning briefing", FERRY, "2026-11-02T08:00:00")
    assert update(story("/2", "Morning briefing", body, published), first) is expected


def test_scripts_without_spaces_and_persian():
    thai = "เรือข้ามฟากออกจากท่าเรือเก่าตรงเวลาในเช้าวันนี้ ผู้โดยสารกว่าสองร้อยคนรออยู่ที่ท่า"
    first = story("/1", "เรือข้ามฟาก", thai, "2026-11-02")
    assert twins(story("/2", "เรือข้ามฟาก", thai, "2026-11-02"), first)
    persian = " ".join(f"کشتی{n} از بندر رفت و" for n in range(40))
    kept = story("/spip.php?article9", "کشتی از بندر رفت - روزنامه", persian, "2026-11-02")
    printed = story("/spip.php?page=print&id_article=9", "کشتی از بندر رفت", persian, "2026-11-02")
    assert twins(printed, kept)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("2026-11-02", "2026-11-02T23:00:00", timedelta(0)),
        ("2026-11-02", "2026-11-04", timedelta(days=2)),
        ("2026-11-02T10:00:00+03:00", "2026-11-02T07:00:00Z", timedelta(0)),
        ("2026-11-02T10:00:00+03:00", "2026-11-02T10:30:00", timedelta(minutes=30)),
        (None, "2026-11-02", None),
    ],
)
def test_time_apart(one, other, apart):
    assert time_apart(one, other) == apart
    assert time_apart(other, one) == apart


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ferry leaves the harbour", "FERRY LEAVES the “harbour”", True),
        ("Ferry leaves the harbour", "Ferry leaves the harbour - The Paper", True),
        ("Results of the vote in Kestrel Bay", "Results of the vote in Tolmere", False),
        ("Report of week number 5", "Report of week number 52", False),
        ("เรือข้ามฟากออกจากท่า", "เรือข้ามฟากออกจากท่า - หนังสือพิมพ์", True),
        ("Opinion", "Opinion of a ferryman on bridges", False),
    ],
)
def test_titles_alike(one, other, expected):
    assert are_titles_alike(one, other) is expected
