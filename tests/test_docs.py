"""The documentation is current, its links lead somewhere, and its commands work."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawler.arguments import read_arguments

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = [page.name for page in PAGES]
# These take what a reader has and a test has not: other sites, own profiles and lists, a crontab, a screen, a
# fleet's database (whose commands tests/fleet runs).
NOT_HERE = re.compile(
    r"www\.example\.org|site=(?!demo\b)\w|--install|--remove|fleet run --(?:file|all)|fleet (?!run)"
    r"|^scrapy (?:demo|startproject)\b"
)


def generator():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


def commands(page: Path) -> list[str]:
    """Every command of the page, in a fence or indented, without what makes it a shell's."""
    found = re.findall(
        r"^(?: {4,}|\$ )?((?:\.venv/bin/)?(?:scrapy|make) .*)$", page.read_text("utf-8"), re.MULTILINE
    )
    return [line.removeprefix(".venv/bin/").split("  #")[0].strip() for line in found]


def test_tables_are_what_the_code_says():
    for path, text in generator().pages():
        assert path.read_text("utf-8") == text, f"{path.name} is out of date: run `make docs`"


def test_every_setting_has_its_reason():
    source = (ROOT / "newscrawler" / "settings.py").read_text("utf-8")
    bare = [name for _, rows in generator().settings_of(source) for name, _, reason in rows if not reason]
    assert bare == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links {target}"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_named_modules_and_folders_exist(page):
    text = page.read_text("utf-8")
    files = {f"/{path.relative_to(ROOT).as_posix()}" for path in ROOT.glob("[!.]*/**/*.py")}
    missing = [
        name
        for name in re.findall(r"`([\w/.-]+\.py)`", text)
        if not any(path.endswith(f"/{name}") for path in files)
    ]
    folders = {path.rpartition("/")[0] + "/" for path in files}
    missing += [
        name
        for name in re.findall(r"^\|[ –]+`(\w+/)`", text, re.MULTILINE)
        if not any(path.endswith(f"/{name}") for path in folders)
    ]
    assert missing == []


def test_the_pages_have_commands():
    assert "scrapy crawl site -a url=https://www.example.org/" in commands(ROOT / "README.md")
    assert len({line for page in PAGES for line in commands(page)}) > 10


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_for_other_sites_have_right_arguments(page):
    for line in filter(NOT_HERE.search, commands(page)):
        words = shlex.split(line)
        if words[:3] == ["scrapy", "crawl", "site"]:
            given = dict(words[place + 1].split("=", 1) for place, word in enumerate(words) if word == "-a")
            given.pop("site", None)
            read_arguments(
                {"site": "demo", **given} if "url" not in given else given, Settings({"SITE": "demo"})
            )


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder like a fresh checkout, with one crawl of the demo in it."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "scrapy.cfg", folder)
    run(folder, "scrapy crawl site")
    return folder


def run(folder: Path, line: str) -> None:
    words = shlex.split(line)
    if words[0] == "make":
        done = subprocess.run(
            ["make", "-n", *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False
        )
    else:
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    assert done.returncode == 0, f"{line}\n{done.stderr[-2000:]}"
    assert "Traceback" not in done.stderr, f"{line}\n{done.stderr[-2000:]}"


def commands_here() -> dict[str, None]:
    return dict.fromkeys(line for page in PAGES for line in commands(page) if not NOT_HERE.search(line))


@pytest.mark.xdist_group("docs")
def test_commands_work_on_the_demo_site(place):
    for line in commands_here():
        if "demo-js" not in line:
            run(place, line)


@pytest.mark.needs("chromium")
@pytest.mark.xdist_group("docs")
def test_commands_work_on_the_demo_that_needs_a_browser(place):
    lines = [line for line in commands_here() if "demo-js" in line]
    assert lines
    for line in lines:
        run(place, line)
