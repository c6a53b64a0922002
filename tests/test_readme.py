"""What the README says is so."""

from dataclasses import fields
from pathlib import Path

from newscrawler.items import Story

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def test_the_table_of_fields_is_the_story():
    table = [line.split("|")[1:4] for line in README.splitlines() if line.startswith("| `")]
    told = {name.strip().strip("`"): meaning.strip() for name, _, meaning in table if "-a " not in name}
    assert {each.name: each.metadata["meaning"] for each in fields(Story)} == told


def test_its_arguments_are_the_crawl_s():
    from newscrawler.arguments import FOLLOW, NAMES

    told = {line.split("-a ")[1].split("=")[0] for line in README.splitlines() if line.startswith("| `-a ")}
    assert told <= set(NAMES)
    assert {"url", "site", "since", "max_stories", "follow", "scope", "again"} <= told
    assert all(f"`{name}`" in README for name in FOLLOW)
