"""Applications that came without their content, and complete pages that look a little like one."""

from __future__ import annotations

import pytest

from newscrawler.extraction import read

SENTENCE = "The council of the small town decided on Tuesday to build a second bridge across the river. "
MENU = (
    "<header><nav>"
    + "".join(f"<a href='/s{n}'>Section number {n}</a>" for n in range(40))
    + "</nav></header>"
)
SCRIPT = "<script src='/main.js'></script>"


def why(body: str, head: str = "", path: str = "/news/2026/11/12/a-second-bridge") -> str | None:
    html = f"<html><head><title>The Paper</title>{head}</head><body>{body}</body></html>"
    return read(html.encode(), f"https://example.org{path}", "text/html; charset=utf-8").application


@pytest.mark.parametrize(
    "holder",
    [
        "<div id='root'></div>",
        "<div id='app'></div>",
        "<div id='__next'></div>",
        "<div id='__nuxt'><!-- --></div>",
        "<app-root></app-root>",
        "<main id='app'><div></div></main>",
        "<div id='react-root'></div>",
        "<div data-reactroot=''></div>",
    ],
)
@pytest.mark.parametrize("path", ["/", "/en/", "/news/2026/11/12/a-second-bridge", "/politics"])
def test_an_empty_element_of_an_application(holder, path):
    assert "is empty" in (why(MENU + holder + SCRIPT, path=path) or "")


def test_a_state_or_a_notice_where_there_is_hardly_any_text():
    state = "<script id='__NEXT_DATA__' type='application/json'>{\"page\": \"/story\"}</script>"
    assert "__NEXT_DATA__" in (why(f"<div>Loading</div>{state}{SCRIPT}") or "")
    assert "window" not in (why(f"<div>Loading</div>{SCRIPT}") or "")
    for notice in (
        "Please enable JavaScript.",
        "Bitte aktivieren Sie JavaScript",
        "JavaScriptを有効にしてください",
    ):
        assert "notice" in (why(f"<p>Loading</p><noscript>{notice}</noscript>{SCRIPT}") or ""), notice


def test_without_a_program_there_is_nothing_to_wait_for():
    assert why("<div id='root'></div>") is None
    assert why("<div id='root'></div><script type='application/ld+json'>{}</script>") is None


def test_a_story_that_is_there_needs_no_browser():
    text = "".join(f"<p>{SENTENCE * 2}</p>" for _ in range(5))
    story = f"<article><h1>Council decides on a second bridge</h1><time datetime='2026-11-12'>x</time>{text}</article>"
    assert (
        why(
            f"<div id='app'>{story}</div><div id='root'></div><noscript>JavaScript, please</noscript>{SCRIPT}"
        )
        is None
    )


def test_a_listing_that_is_there_needs_no_browser():
    entries = "".join(
        f"<li><h2><a href='/news/story-number-{n}'>The headline of story number {n}</a></h2><p>{SENTENCE}</p></li>"
        for n in range(10)
    )
    assert (
        why(f"<ul>{entries}</ul><div id='root'></div><noscript>JavaScript</noscript>{SCRIPT}", path="/")
        is None
    )


@pytest.mark.parametrize(
    ("window_title", "body"),
    [("Just a moment...", "<h1>Checking your browser</h1>"), ("404 Not Found", "<h1>Page not found</h1>")],
)
def test_walls_and_errors_are_no_applications(window_title, body):
    html = f"<html><title>{window_title}</title><body>{body}<div id='root'></div>{SCRIPT}</body></html>"
    page = read(html.encode(), "https://example.org/news/1", "text/html")
    assert page.application is None, page.reason
