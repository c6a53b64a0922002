"""Pages are gone as soon as nobody holds them: nothing of them waits for the search for cycles."""

from __future__ import annotations

import gc
from collections import Counter

import pytest

from newscrawler.extraction import extract, read
from newscrawler.extraction.gc_pause import collector_paused
from tests.extraction.seed_page import SKINS, URL, seed_page

# Signed in bold, with a byline in a box, microdata, a table and a script of the page's state.
LINE = "<p>The old bridge opens again on Monday, said the mayor of the town.</p>"
SIGNED = f"""<html><head><title>The bridge reopens</title></head><body>
<nav><a href="/a">News</a></nav><h1>The bridge reopens</h1><div class="byline">The newsroom</div>
<div itemprop="author">Desk</div><article>{LINE * 9}
<p><b>Jane Doe</b></p></article><aside><h2>Related</h2><a href="/b">Another story of the same town</a></aside>
</body></html>""".encode()


@pytest.mark.parametrize("body", [*map(seed_page, SKINS), SIGNED, b""], ids=[*SKINS, "signed", "empty"])
def test_a_page_holds_no_cycles(body: bytes) -> None:
    read(body, URL)  # imports, compiled patterns
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        page = read(body, URL)
        _ = page.links, page.head_links, page.application
        del page
        gc.collect()
        waiting = Counter(type(each).__name__ for each in gc.garbage)
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert not waiting


def test_the_collector_rests_while_a_page_is_extracted(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def watched(*arguments: object, **options: object) -> object:
        seen.append(gc.isenabled())
        return read(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("newscrawler.extraction.page_reader.read", watched)
    assert extract(seed_page("new"), URL) is not None
    assert seen == [False]
    assert gc.isenabled()


def test_the_collector_is_as_it_was_afterwards() -> None:
    with pytest.raises(KeyError), collector_paused():
        raise KeyError
    assert gc.isenabled()
    gc.disable()
    try:
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
