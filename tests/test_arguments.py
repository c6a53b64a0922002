from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawler.arguments import ArgumentError, profile_folder, profile_folders, read_arguments

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


# fmt: off
WRONG = (
    "http://[::1", "http://example.org:99999/", "http://example.org:abc/", "http://", "http:///path", "ftp://e.org/",
    "javascript:alert(1)", "http://exa mple.org/", "http://-e.org/", "http://e..org/", "http://.e.org/", "//e.org/",
    "mailto:a@e.org", "http://256.256.256.256/", "http://1.2.3/", "file:///etc/passwd", "http://e\\x.org/",
    "http://e.org\\@127.0.0.1/", "http://e.org/\x00", f"http://{'a' * 64}.org/",
)
# fmt: on


def read(**given):
    return read_arguments(given, Settings({"SITE": "demo", "SITES_DIRS": []}), NOW)


def test_nothing_given_is_the_site_of_the_settings():
    arguments = read()
    assert arguments.site.name == "demo"
    assert arguments.since is None
    assert arguments.max_stories is None
    assert arguments.follow == {"listings", "related", "feeds", "sitemaps"}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11-01T06:30", datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
        ("3d", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        ("12h", datetime(2026, 11, 23, 0, tzinfo=UTC)),
    ],
)
def test_since(text, moment):
    assert read(since=text).since == moment


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("example.org", "https://example.org"),
        ("www.example.org/news?p=1", "https://www.example.org/news?p=1"),
        ("localhost:8000/", "http://localhost:8000/"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://example.org/", "http://example.org/"),
        ("https://[2606:2800:220:1::1]/", "https://[2606:2800:220:1::1]/"),
        ("https://münchen.example/", "https://münchen.example/"),
    ],
)
def test_an_address_may_be_typed_without_its_scheme(typed, start):
    assert read(url=typed).site.start == [start]


def test_follow_is_a_list():
    assert read(follow="listings,related").follow == {"listings", "related"}


def test_languages_are_a_list():
    assert read(languages="FA, pt-br").site.languages == ["fa", "pt-br"]
    assert read(languages="all").site.languages == ["all"]
    assert read().site.languages == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"site": "nosuch"}, "there is no site 'nosuch'"),
        ({"url": "notaurl"}, "not a full web address"),
        ({"site": "demo", "url": "http://e.org/"}, "not both"),
        *[({"url": url}, "not a full web address") for url in WRONG],
        ({"since": "2026-11-25"}, "still to come"),
        ({"since": "yesterdayish"}, "-a since=yesterdayish: not a date; write 20"),
        ({"max_stories": "0"}, "above zero"),
        ({"max_stories": "many"}, "not a whole number"),
        ({"follow": "listings,everything"}, "everything is not to be followed"),
        ({"follow": ""}, "nothing is not to be followed"),
        ({"scope": "world"}, "write site, host, or a path"),
        ({"languages": "klingon"}, "'klingon' is no language code"),
        ({"languages": ","}, "no language; write fa,ar or all"),
        ({"render": "maybe"}, "auto, always, never"),
        ({"again": "perhaps"}, "true or false"),
        ({"sinse": "2026-11-01"}, "no such argument"),
    ],
)
def test_a_wrong_argument_is_told_in_one_line(given, told):
    with pytest.raises(ArgumentError) as caught:
        read(**given)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_profiles_of_one_s_own_are_beside_the_configuration_unless_a_setting_names_folders(
    tmp_path, monkeypatch
):
    (tmp_path / "scrapy.cfg").touch()
    monkeypatch.chdir(tmp_path)
    none = Settings({"SITES_DIRS": []})
    assert profile_folders(none) == []
    assert profile_folder(none) == tmp_path / "sites"
    (tmp_path / "sites").mkdir()
    assert profile_folders(none) == [tmp_path / "sites"]
    named = Settings({"SITES_DIRS": ["mine", "ours"]})
    assert profile_folders(named) == [Path("mine"), Path("ours")]
    assert profile_folder(named) == Path("mine")


def test_a_profile_of_one_s_own_wins_over_a_bundled_one_of_the_domain(tmp_path):
    (tmp_path / "wire.toml").write_text(
        'name = "wire"\nstart = ["http://demo-news.example/"]\ndomains = ["demo-news.example"]\n', "utf-8"
    )
    settings = Settings({"SITES_DIRS": [str(tmp_path)]})
    assert read_arguments({"url": "http://demo-news.example/en/"}, settings).site.name == "wire"


def test_an_unknown_value_of_stories():
    with pytest.raises(ArgumentError, match="STORIES is 'nws': write news or all"):
        read_arguments({"url": "https://harbour.example/"}, Settings({"STORIES": "nws"}))
