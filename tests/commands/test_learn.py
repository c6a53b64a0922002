"""`scrapy learn` as a process of its own, on the demo site."""

import json
import tomllib

import pytest

from newscrawler.demo import serve, truth
from tests.crawls.running import FAST, crawl, scrapy
from tests.newssite import NewsSite

PACE = [word for name, value in FAST.items() for word in ("-s", f"{name}={value}")]


@pytest.fixture(scope="module")
def served():
    """The demo on a loopback address, which no bundled profile names."""
    with serve() as server:
        yield server.url


@pytest.fixture(scope="module")
def learned(served, tmp_path_factory):
    folder = tmp_path_factory.mktemp("profiles")
    done = scrapy("learn", f"{served}/en/", "--name", "wire", "--out", str(folder), *PACE)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_the_profile_has_what_the_stories_agree_on(learned, served):
    folder, _ = learned
    profile = tomllib.loads((folder / "wire.toml").read_text("utf-8"))
    assert profile["name"] == "wire"
    assert profile["title"] == "Meridian Wire"
    assert profile["start"] == [f"{served}/en/"]
    assert profile["story_urls"] == ["/en/news/{id}/{slug}"]
    fields = profile["fields"]
    assert fields["title"] == ["#docDiv3TitrMain"]
    assert fields["body"] == ["#doctextarea"]
    assert fields["published"] == ["#docDiv3Date"]
    assert {"lead", "section", "tags", "related"} <= fields.keys()


def test_what_is_not_sure_is_a_comment(learned):
    text = (learned[0] / "wire.toml").read_text("utf-8")
    assert "# authors: no selector is sure" in text


def test_it_tells_field_selector_and_on_how_many_pages(learned):
    folder, told = learned
    row = next(line for line in told.splitlines() if line.split()[0] == "title")
    assert "#docDiv3TitrMain" in row
    assert "the same on 12 of 12 pages" in row
    assert f"profile: {folder / 'wire.toml'}" in told
    assert f"scrapy crawl site -a site=wire -s SITES_DIRS={folder}" in told


def test_the_pages_are_saved_with_what_was_read(learned):
    pages = learned[0] / "wire" / "pages"
    values = [json.loads(file.read_text("utf-8")) for file in sorted(pages.glob("*.json"))]
    assert len(values) == len(list(pages.glob("*.html.gz"))) == 12
    assert {one["page_type"] for one in values} == {"story"}


def test_the_learned_profile_crawls_the_exact_set_of_stories(learned, served, tmp_path):
    run = crawl(tmp_path, "-a", "site=wire", settings={**FAST, "SITES_DIRS": learned[0]})
    assert run.code == 0, run.told()
    assert truth(served).problem([story["story_code"] for story in run.stories]) is None
    assert {story["sources"]["title"] for story in run.stories} == {"profile"}


def test_a_profile_is_replaced_only_by_force(learned, served):
    folder, _ = learned
    before = (folder / "wire.toml").read_bytes()
    words = ("learn", f"{served}/en/", "--name", "wire", "--out", str(folder), "--pages", "3", *PACE)
    refused = scrapy(*words)
    assert refused.returncode == 2
    assert "wire.toml exists" in refused.stderr
    assert (folder / "wire.toml").read_bytes() == before
    try:
        forced = scrapy(*words, "--force")
        assert forced.returncode == 0, forced.stderr
        assert len(list((folder / "wire" / "pages").glob("*.json"))) == 3
    finally:
        (folder / "wire.toml").write_bytes(before)


def test_a_site_without_stories_is_exit_code_3(tmp_path):
    with NewsSite(stories=2) as site:
        done = scrapy("learn", site.url, "--out", str(tmp_path), *PACE)
    assert done.returncode == 3, done.stderr
    assert done.stderr.count("\n") == 1
    assert "3 are needed" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_site_that_cannot_be_reached_is_exit_code_3(tmp_path):
    done = scrapy("learn", "http://127.0.0.1:9/", "--out", str(tmp_path), *PACE)
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    assert done.stderr.count("\n") == 1
    assert "127.0.0.1:9" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "name one site"),
        (["ftp://harbour.example/"], "not a full web address"),
        (["https://harbour.example/", "--pages", "2"], "--pages 2"),
        (["https://harbour.example/", "--name", "Harbour!"], "--name Harbour!"),
    ],
)
def test_wrong_arguments(words, told):
    done = scrapy("learn", *words)
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
