"""Settings files that name components by their former paths."""

from pathlib import Path

from scrapy.settings import BaseSettings, Settings
from scrapy.utils.misc import load_object

from newscrawler import settings as current
from newscrawler.renamed_components import RENAMED, rename_components
from tests.crawls import settings_before_renames as former


def loaded(module):
    settings = Settings()
    settings.setmodule(module, "project")
    return settings


def paths(value):
    """Every path of a component in a setting."""
    if isinstance(value, dict | BaseSettings):
        return [path for pair in value.items() for each in pair for path in paths(each)]
    is_path = isinstance(value, str) and value.startswith("newscrawler.")
    return [value] if is_path and value.rpartition(".")[2] not in ("spiders", "commands") else []


def test_former_settings_become_the_current_ones():
    renamed, now = loaded(former), loaded(current)
    rename_components(renamed)
    with_paths = [name for name, value in now.items() if paths(value)]
    assert len(with_paths) >= 7
    for name in with_paths:
        if isinstance(now[name], BaseSettings):  # which may have further ones by now
            assert dict(renamed[name]).items() <= dict(now[name]).items()
        else:
            assert renamed[name] == now[name]


def test_every_row_is_of_a_former_settings_file():
    text = Path(former.__file__).read_text("utf-8")
    assert [path for path in RENAMED if f'"newscrawler.{path}"' not in text] == []


def test_every_path_can_be_loaded():
    settings = loaded(former)
    rename_components(settings)
    found = [path for value in settings.values() for path in paths(value)]
    assert len(found) >= 25
    for path in found:
        load_object(path)


def test_values_and_priorities_stay():
    settings = loaded(current)
    settings.set(
        "ITEM_PIPELINES", {"newscrawler.pipelines.record.Record": None, "mine.Pipeline": 1}, "cmdline"
    )
    settings.set("FEED_URI_PARAMS", "mine.uri_params", "cmdline")
    rename_components(settings)
    assert dict(settings["ITEM_PIPELINES"]) == {
        "newscrawler.pipelines.store.StorePipeline": None,
        "mine.Pipeline": 1,
    }
    assert settings.getpriority("ITEM_PIPELINES") == 40
    assert settings["FEED_URI_PARAMS"] == "mine.uri_params"
