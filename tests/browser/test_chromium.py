"""Finding a browser, and what is told when there is none."""

from __future__ import annotations

import asyncio

import psutil
import pytest
from scrapy.settings import Settings

from newscrawler.browser.chromium import Chromium
from newscrawler.browser.exceptions import NoBrowser


def launch(**settings):
    async def launched():
        chromium = Chromium(Settings(settings))
        try:
            browser = await chromium.launch_browser()
            version = browser.version
            await browser.close()
            return version
        finally:
            await chromium.close()

    return asyncio.run(launched())


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Makes a program of a name, the only one in PATH besides the shell."""

    def make(name, text="#!/bin/sh\nexit 1\n"):
        path = tmp_path / name
        path.write_text(text)
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
        return path

    return make


def test_one_that_is_named_and_missing_is_told_before_anything_starts():
    before = psutil.Process().children()
    with pytest.raises(
        NoBrowser, match=r"BROWSER names /no/such, which is no program; get one with `playwright"
    ):
        launch(BROWSER="/no/such")
    assert psutil.Process().children() == before


def test_none_at_all(program):
    program("unrelated")
    with pytest.raises(
        NoBrowser, match=r"^no browser was found; get one with `playwright install chromium` or"
    ):
        launch()


@pytest.mark.parametrize("name", ["chromium", "google-chrome"])
def test_the_system_s_own_is_found_and_one_that_does_not_start_is_told_in_one_line(program, name):
    path = program(name)
    with pytest.raises(NoBrowser, match=f"^{path} does not start") as told:
        launch()
    assert "\n" not in str(told.value)


def test_one_that_is_named_by_its_name_is_looked_for(program):
    path = program("my-browser")
    with pytest.raises(NoBrowser, match=f"^{path} does not start"):
        launch(BROWSER="my-browser")


@pytest.mark.needs("chromium")
def test_a_real_one_starts_and_ends():
    assert int(launch().partition(".")[0]) > 100
    assert [one for one in psutil.Process().children() if "chrom" in one.name()] == []
