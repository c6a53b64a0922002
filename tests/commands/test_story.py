"""`scrapy story` as a process of its own: pages from a real server and from files."""

import gzip
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawler.demo import serve, truth
from tests.crawls.paged_stories import address, body, site
from tests.crawls.running import ROOT, scrapy
from tests.crawls.small_site import serving
from tests.newssite import NewsSite, Status

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Old mill reopens | Harbour</title>
<meta property="og:type" content="article"><meta name="keywords" content="mill">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Old mill [bold]reopens[/bold]",
"datePublished": "2026-11-20T09:00:00+00:00", "author": {"@type": "Person", "name": "Ann Reed"}}</script></head>
<body><article><h1>Old mill [bold]reopens[/bold]</h1>""" + "".join(
    f"<p>The mill on the river \x1b[31m opened its doors again on morning {number}, and the whole town came to see "
    "the wheel turn, the flour fall and the miller laugh.</p>"
    for number in range(8)
)
ADDRESS = "https://harbour.example/en/news/12345/old-mill"


def shown(*words: str) -> dict:
    done = scrapy("story", *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGE, "utf-8")
    return str(file)


def test_a_file_as_json(page):
    told = shown(page, "--url", ADDRESS)
    assert told["kind"] == "story"
    assert told["story"]["url"] == ADDRESS
    assert told["story"]["title"] == "Old mill [bold]reopens[/bold]"
    assert told["story"]["published"] == "2026-11-20T09:00:00+00:00"
    assert told["story"]["sources"]["published"] == "json-ld"
    assert told["story"]["authors"] == ["Ann Reed"]


def test_a_pipe_gets_plain_lines_without_control_characters(page):
    done = scrapy("story", page, "--url", ADDRESS)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    head, *lines = done.stdout.splitlines()
    assert head.startswith(f"{ADDRESS}\tstory\t")
    rows = {name: (source, value) for name, source, value in (line.split("\t") for line in lines)}
    assert rows["title"] == ("dom", "Old mill [bold]reopens[/bold]")
    assert rows["comment_count"] == ("", "")
    assert "\\n\\n" in rows["body"][1]


def test_why_a_page_is_not_a_story(tmp_path):
    file = tmp_path / "empty.html"
    file.write_text("<title>x</title><p>Nothing here", "utf-8")
    told = shown(str(file), "--url", "https://harbour.example/about")
    assert told["story"] is None
    assert told["kind"] != "story"
    assert told["reason"]


def test_people_read_plain_reasons_and_programs_the_codes(tmp_path):
    file = tmp_path / "list.html"
    links = [
        f"<h3><a href='/n/{number}'>Minister resigns over the harbour {number}</a></h3>"
        for number in range(9)
    ]
    file.write_text("".join(links), "utf-8")
    address = "https://harbour.example/about"
    done = scrapy("story", str(file), "--url", address)
    assert done.stdout == f"{address}\tlisting\tlinked text, linked headlines\n"
    assert shown(str(file), "--url", address)["reason"].startswith("listing-signs 0.")


def test_a_page_is_saved_once(page, tmp_path):
    saved = ("--save", str(tmp_path / "mill"))
    assert scrapy("story", page, "--url", ADDRESS, *saved).returncode == 0
    values = json.loads((tmp_path / "mill.json").read_text("utf-8"))
    assert (values["url"], values["page_type"]) == (ADDRESS, "story")
    assert values["title"] == "Old mill [bold]reopens[/bold]"
    assert gzip.decompress((tmp_path / "mill.html.gz").read_bytes()) == Path(page).read_bytes()
    again = scrapy("story", page, "--url", ADDRESS, *saved)
    assert (again.returncode, again.stdout) == (1, "")
    assert "File exists" in again.stderr


def test_a_fetched_page_is_what_the_crawl_would_give():
    with serve() as server:
        story = (
            truth().stories["200114"] if "200114" in truth().stories else next(iter(truth().stories.values()))
        )
        told = shown(story.url.replace("http://demo-news.example", server.url))
    assert told["story"]["title"] == story.title
    assert told["story"]["body"] == story.body


def test_what_cannot_be_fetched_is_one_line_and_exit_code_1():
    with NewsSite(stories=3, disallow=["/private/"]) as site:
        answers = {"/gone": 404, "/refused": 403, "/busy": 503}
        for path, status in answers.items():
            site.fault(path, Status(status))
        told_of = {path: f"answered {status}" for path, status in answers.items()}
        for path, told in (told_of | {"/private/x": "robots.txt forbids it"}).items():
            done = scrapy("story", site.url.rstrip("/") + path)
            assert (done.returncode, done.stdout) == (1, ""), done.stderr
            assert told in done.stderr
            assert done.stderr.count("\n") == 1, done.stderr


def test_a_table_on_a_terminal(page):
    command = [sys.executable, "-m", "scrapy", "story", page, "--url", ADDRESS]
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=ROOT, stdout=theirs, env={**os.environ, "TERM": "xterm"}) as process:
        os.close(theirs)
        told = b""
        while True:
            try:
                read = os.read(ours, 65536)
            except OSError:  # Linux: the other end is closed
                break
            if not read:
                break
            told += read
    os.close(ours)
    assert process.returncode == 0
    text = re.sub(r"\x1b\[[0-9;]*m", "", told.decode())
    assert "a story: " in text
    assert "Old mill [bold]reopens[/bold]" in text
    assert "\x1b" not in text


def test_no_address_of_the_file_is_told_on_the_side(page):
    done = scrapy("story", page)
    assert done.returncode == 0
    assert "without --url" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ([], 2, "name one page"),
        (["a.html", "b.html"], 2, "name one page"),
        (["no/such/file.html"], 1, "No such file"),
        (["ftp://harbour.example/x"], 2, "not a full web address"),
        (["x.html", "--url", "nonsense"], 2, "not a full web address"),
        (["https://harbour.example/", "--url", "https://harbour.example/"], 2, "goes with a file"),
    ],
)
def test_wrong_arguments(words, code, told):
    done = scrapy("story", *words)
    assert done.returncode == code, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_later_pages_are_fetched_and_a_file_says_that_it_has_none(tmp_path):
    made = site(2)
    with serving(lambda _: made) as (base, _):
        story = shown(f"{base}{address(1, 1)}")["story"]
        assert story["body"] == body(1)
        assert story["sources"]["body"] == "dom"
        del made[address(1, 3)]
        assert shown(f"{base}{address(1, 1)}")["story"]["sources"]["body"] == "dom, incomplete"
    file = tmp_path / "page.html"
    file.write_text(made[address(1, 1)])
    story = shown(str(file), "--url", f"https://harbour.example{address(1, 1)}")["story"]
    assert story["sources"]["body"] == "dom, incomplete"
