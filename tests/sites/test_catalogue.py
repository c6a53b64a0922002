import pytest

from newscrawler.sites import Catalogue, SiteError, site_for_url


def write(folder, name, text):
    (folder / f"{name}.toml").write_text(text, "utf-8")


def test_the_bundled_profiles_load():
    catalogue = Catalogue()
    assert {"demo", "islamtimes"} <= set(catalogue.names)
    for name in catalogue.names:
        assert catalogue.site(name).name == name


def test_the_islamtimes_profile_says_what_is_known():
    site = Catalogue().site("islamtimes")
    assert site.start == ["https://www.islamtimes.com/en/"]
    assert site.time_zone is None
    found = site.story_patterns[0].fullmatch("/en/news/983389/turkey-won-t-sanction-russia")
    assert found is not None
    assert found["id"] == "983389"
    assert site.fields["title"][0] == "h1#docDiv3TitrMain"
    assert site.fields["body"] == ["#doctextarea", "#doc_div33"]


def test_a_profile_is_found_by_its_domain():
    catalogue = Catalogue()
    assert catalogue.by_url("https://islamtimes.com/en/news/1/x").name == "islamtimes"
    assert catalogue.by_url("https://notislamtimes.com/") is None
    assert site_for_url("https://www.islamtimes.com/en/", catalogue).family == "studio-khabar"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.org/news", "example-org"),
        ("http://127.0.0.1:8000/", "127-0-0-1-8000"),
        ("https://zürich.example/", "xn-zrich-kva-example"),
        ("http://[::1]:81/", "1-81"),
    ],
)
def test_any_other_site_is_named_by_its_host(url, name):
    assert site_for_url(url, Catalogue()).name == name


@pytest.mark.parametrize(
    "url", ["notaurl", "ftp://example.org/", "http://", "http://[bad", "https://a b.org/", ""]
)
def test_what_is_not_a_web_address_is_said_to_be_none(url):
    with pytest.raises(SiteError, match="not a full web address"):
        site_for_url(url, Catalogue())


def test_an_unknown_site_names_the_nearest():
    with pytest.raises(SiteError, match="islamtimes"):
        Catalogue().site("islamtime")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "x"\n', "start: this key is missing"),
        ('name = "x"\nstart = ["nowhere"]\n', "start.0: 'nowhere' is not a full web address"),
        ('name = "x"\nstart = ["http://e.org/"]\nzone = "UTC"\n', "zone: no such key"),
        ('name = "x"\nstart = ["http://e.org/"]\ntime_zone = "Mars/Base"\n', "time_zone: 'Mars/Base' is not"),
        ('name = "x"\nstart = ["http://e.org/"]\n[fields]\ntitel = ["h1"]\n', "fields: titel: no such field"),
        ('name = "x"\nstart = ["http://e.org/"]\n[fields]\ntitle = ["h1["]\n', "'h1[' is not a CSS selector"),
        ('name = "x"\nstart = ["http://e.org/"]\nfamily = "nosuch"\n', "family: there is no family 'nosuch'"),
        ('name = "x"\nstart = ["http://e.org/"]\nstory_urls = ["news/{nr}"]\n', "is not a URL form"),
        ('name = "y"\nstart = ["http://e.org/"]\n', "must equal the file's name"),
        ("name = x\n", "is not TOML"),
        ('name = "X!"\nstart = ["http://e.org/"]\n', "small letters"),
    ],
)
def test_a_wrong_profile_is_told_with_file_and_key(tmp_path, text, told):
    write(tmp_path, "x", text)
    with pytest.raises(SiteError) as caught:
        Catalogue([tmp_path]).site("x")
    assert told in str(caught.value)
    assert "x.toml" in str(caught.value)
    assert "\n" not in str(caught.value).strip()


def test_an_own_profile_wins_over_the_bundled_one(tmp_path):
    write(tmp_path, "islamtimes", 'name = "islamtimes"\nstart = ["http://e.org/"]\n')
    assert Catalogue([tmp_path]).site("islamtimes").start == ["http://e.org/"]


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(SiteError, match="SITES_DIRS"):
        Catalogue([tmp_path / "none"])
