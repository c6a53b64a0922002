"""Saved pages are read as it is written beside them.

`scrapy story URL --save tests/pages/NAME` adds one; what was read wrongly is then corrected in NAME.json.
"""

from __future__ import annotations

import gzip
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawler.commands.page_output import page_values, save_page
from newscrawler.extraction import read

PAGES = sorted(Path(__file__).with_name("pages").glob("*.html.gz"))
_GIVEN = {"url", "content_type", "fetched"}
_BARE = b"<title>About us</title><p>Write to us."


def wrong_fields(file: Path) -> list[str]:
    """A line for the page's type and each field that is not as expected."""
    expected: dict[str, Any] = json.loads(
        file.with_name(file.name.replace(".html.gz", ".json")).read_text("utf-8")
    )
    fetched = datetime.fromisoformat(expected["fetched"])
    page = read(
        gzip.decompress(file.read_bytes()), expected["url"], expected["content_type"], fetched=fetched
    )
    values = page_values(page)
    return [
        f"{file.name}: {name}: expected {expected.get(name)!r}, read {values.get(name)!r}"
        for name in sorted(values.keys() | expected.keys() - _GIVEN)
        if values.get(name) != expected.get(name)
    ]


@pytest.mark.parametrize("file", PAGES, ids=[file.name.partition(".")[0] for file in PAGES])
def test_saved_page(file):
    assert wrong_fields(file) == []


def test_there_are_pages_of_each_type():
    types = {
        json.loads(file.with_name(file.name.replace(".html.gz", ".json")).read_text("utf-8"))["page_type"]
        for file in PAGES
    }
    assert types == {"story", "listing", "other"}


def test_a_failure_names_page_and_field(tmp_path):
    save_page(
        tmp_path / "about",
        _BARE,
        "https://a.example/about",
        None,
        datetime.fromisoformat("2026-03-02T08:00:00Z"),
    )
    assert wrong_fields(tmp_path / "about.html.gz") == []
    values = json.loads((tmp_path / "about.json").read_text("utf-8"))
    (tmp_path / "about.json").write_text(
        json.dumps(values | {"page_type": "story", "section": "News"}), "utf-8"
    )
    assert wrong_fields(tmp_path / "about.html.gz") == [
        "about.html.gz: page_type: expected 'story', read 'other'",
        "about.html.gz: section: expected 'News', read None",
    ]
