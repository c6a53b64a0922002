"""The report of a hostile site, in a real browser: nothing runs, nothing is fetched, everybody can read it."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright

from newscrawler.journal import FoundPage, Journal, NearDuplicate, PageVisit, journal_url
from newscrawler.report import gather, render
from newscrawler.report.charts import round_top
from tests.crawls.running import scrapy
from tests.feeds.crawling import story
from tests.programs import need

HOSTILE = "<script>document.title='taken'</script><img src=https://evil.example/x onerror=alert(1)> & \"q\" \x1b[31m"
ADDRESS = "https://harbour.example/en/news/{}/a-slug"


def fill(output: Path) -> None:
    with Journal.open(journal_url("", output, "harbour")) as journal:
        for number in range(3):
            run = journal.runs.start("harbour", {})
            measures = {"stories": 12 * number, "coverage": {}, "body_chars": 0}
            warnings = [f"authors: 0 of 12 stories have it {HOSTILE}"] if number == 2 else []
            journal.runs.finish(
                run, "finished", counts={"story": 12, "measures": measures, "warnings": warnings}
            )
        for number in range(1, 41):
            item = story(
                number,
                title=HOSTILE if number == 40 else f"Ferry {number} leaves the quay",
                url=ADDRESS.format(number),
                published=(datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=number)).isoformat(),
                section=f"Port {number % 3}",
                tags=["ferry", HOSTILE] if number % 2 else ["quay"],
                language='en"><b>' if number == 39 else "en",
                lead="A lead.",
                image="javascript:alert(1)" if number == 38 else "https://harbour.example/p.jpg",
                image_caption=HOSTILE if number == 37 else "A ferry",
                related=[
                    {"title": "R", "url": f"https://harbour.example/en/news/{other}/a-slug"}
                    for other in (1, 2, 3, 40)
                ],
                content_hash=str(number),
            )
            duplicate = None
            if number == 36:
                duplicate = NearDuplicate(journal.stories.get("harbour", "harbour:35"), 0.91)
            journal.stories.store("harbour", f"page {number}", item, duplicate=duplicate)
        bad = [("x", "duplicate-title", "https://harbour.example/en/news/1/a-slug"), ("y", "http-404", None)]
        for key, outcome, twin in bad:
            details = {"title": HOSTILE}
            journal.pages.offer(
                "harbour", [FoundPage(key, f"https://harbour.example/{key}", details=details)]
            )
            journal.pages.finish("harbour", key, PageVisit(outcome, HOSTILE, duplicate_of=twin))


@pytest.fixture(scope="module")
def html(tmp_path_factory) -> Path:
    output = tmp_path_factory.mktemp("report")
    fill(output)
    done = scrapy("report", "--site", "harbour", "-s", f"OUTPUT_DIR={output}")
    assert done.returncode == 0, done.stderr
    return output / "harbour" / "report.html"


@pytest.fixture(scope="module")
def browser():
    chromium = need("chromium")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=root)
        yield browser
        browser.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_in_a_browser(browser, html, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on(
        "request",
        lambda request: told.append(request.url) if not request.url.startswith(("file:", "data:")) else None,
    )
    page.goto(html.as_uri())
    assert told == []
    assert page.title().startswith("harbour: report of")
    assert page.locator("script, img, iframe, b").count() == 0
    assert "<script>document.title='taken'</script>" in page.locator("#newest + ol h3").first.inner_text()
    assert page.locator("svg.plot rect").count() > 3
    assert page.locator("svg.graph circle").count() == 4
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"

    focused = page.locator("a[href], summary, [tabindex='0']").count()
    reached = set()
    for _ in range(focused + 2):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    assert len(reached) >= focused, "the keyboard does not reach everything"

    script = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
    page.evaluate(script)  # by the debugger: the page's own policy lets no script in
    found = page.evaluate("axe.run().then(result => result.violations)")
    serious = [
        (one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
    page.close()


def test_links_lead_to_the_web_only_and_give_nothing_away(html):
    text = html.read_text("utf-8")
    assert "javascript:" not in text
    assert "\x1b" not in text
    links = text.count('<a href="http')
    assert links > 40
    assert text.count('rel="noopener noreferrer"') == links


def test_what_it_tells(tmp_path):
    fill(tmp_path)
    with Journal.open(journal_url("", tmp_path, "harbour"), read_only=True) as journal:
        report = gather(journal, "harbour", datetime(2026, 11, 3, tzinfo=UTC))
    assert report.stories == 40
    assert [number for _, number in report.days] == [23, 17]
    assert sorted(tuple(one) for one in report.sections) == [("Port 0", 13), ("Port 1", 14), ("Port 2", 13)]
    assert [story.links for story in report.linked] == [39, 39, 39, 39]
    assert {tuple(story.by) for story in report.linked} == {(1, 2, 3), (0, 2, 3), (0, 1, 3), (0, 1, 2)}
    assert report.dropped == 1
    assert report.duplicates[0].twin_title == "Ferry 1 leaves the quay"
    assert [copy.why for copy in report.copies] == ["91% the same text"]
    assert [(one.outcome, one.pages) for one in report.failures] == [("http-404", 1)]
    assert [run.well for run in report.runs] == [False, True, True]
    assert report.newest[0]["url"].endswith("/40/a-slug")


def test_a_run_that_somebody_ended_is_neither_well_nor_ill(tmp_path):
    with Journal.open(journal_url("", tmp_path, "harbour")) as journal:
        for reason in ("SIGTERM", "refused"):
            journal.runs.finish(journal.runs.start("harbour", {}), "stopped", reason=reason)
        report = gather(journal, "harbour")
    assert [(run.well, run.warnings) for run in report.runs] == [
        (False, ["ended early: refused"]),
        (None, ["ended early: SIGTERM"]),
    ]
    assert "… stopped" in render(report)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 4), (3, 4), (4, 4), (5, 8), (13, 20), (21, 40), (99, 120), (201, 400)]
)
def test_the_scale_of_days_has_four_even_steps(most, top):
    assert round_top(most) == top


def test_an_empty_journal_has_a_report(tmp_path):
    with Journal.open(journal_url("", tmp_path, "harbour")) as journal:
        assert "No stories yet" in render(gather(journal, "harbour"))


@pytest.mark.parametrize(
    ("words", "code"), [(["--site", "nosuch"], 2), (["--site", "../x"], 2), (["more"], 2)]
)
def test_wrong_arguments(tmp_path, words, code):
    done = scrapy("report", *words, "-s", f"OUTPUT_DIR={tmp_path}")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
