"""Scripts that are kept for the run."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from newscrawler.browser.script_cache import ScriptCache
from newscrawler.browser.trackers import is_tracker


def answer(size=10, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("https://example.org/app.js", body=b"x" * size, headers=names)


def test_a_script_is_kept():
    scripts, script = ScriptCache(), answer(Cache_Control="max-age=0", Vary="Accept-Encoding")
    scripts.keep("a", script)
    assert scripts.get("a") is script
    assert scripts.get("b") is None


@pytest.mark.parametrize(
    "headers", [{"Cache_Control": "private, no-store"}, {"Vary": "Cookie"}, {"Vary": "*"}]
)
def test_what_must_not_be_kept(headers):
    scripts = ScriptCache()
    scripts.keep("a", answer(**headers))
    assert scripts.get("a") is None


def test_the_least_lately_used_go_first():
    scripts = ScriptCache()
    for name in "abc":
        scripts.keep(name, answer(12 * 1024 * 1024))
        scripts.get("a")
    assert [name for name in "abc" if scripts.get(name)] == ["a", "c"]


def test_trackers_by_their_domain():
    assert is_tracker("www.google-analytics.com")
    assert is_tracker("STATS.G.DOUBLECLICK.NET.")
    assert not is_tracker("example.org")
    assert not is_tracker("notdoubleclick.net")
    assert not is_tracker("google.com")
    assert not is_tracker("")
