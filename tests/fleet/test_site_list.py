import pytest

from newscrawler.fleet import SiteListError, sites_named, sites_of_file, sites_with_profile
from newscrawler.sites import Catalogue

OWN = 'name = "harbour"\ndomains = ["harbour.example"]\nstart = ["https://harbour.example/"]\n'


@pytest.fixture
def catalogue(tmp_path):
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "harbour.toml").write_text(OWN)
    (folder / "broken.toml").write_text("start = [\n")
    return Catalogue([folder])


def listed(tmp_path, catalogue, data: bytes):
    file = tmp_path / "sites.txt"
    file.write_bytes(data)
    return sites_of_file(file, catalogue)


@pytest.mark.parametrize(
    "data",
    [
        b"https://one.example/\nharbour\n",
        b"\xef\xbb\xbfhttps://one.example/\r\n\r\nharbour\r\n",
        b'"https://one.example/"\n# a remark\nharbour',
        "Website\nhttps://one.example/\tNorth\nharbour\tSouth\n".encode("utf-16"),
        b"https://one.example/\nharbour\nhttps://one.example/\nharbour\n",
    ],
    ids=["plain", "BOM and CRLF", "quotes and remarks", "UTF-16, heading and cells", "twice"],
)
def test_a_column_as_spreadsheets_have_it(tmp_path, catalogue, data):
    found = listed(tmp_path, catalogue, data)
    assert [(site.name, site.argument, site.problem) for site in found] == [
        ("one-example", "url=https://one.example/", None),
        ("harbour", "site=harbour", None),
    ]


def test_an_address_as_people_type_it(catalogue):
    assert [site.argument for site in sites_named(["one.example", "www.two.example/en"], catalogue)] == [
        "url=one.example",
        "url=www.two.example/en",
    ]


@pytest.mark.parametrize("entry", ["ftp://one.example/", "https://", "nosuch", "broken"])
def test_an_entry_that_is_no_site_keeps_the_others(catalogue, entry):
    wrong, well = sites_named([entry, "harbour"], catalogue)
    assert (wrong.name, well.problem) == (entry, None)
    assert wrong.problem
    assert "\n" not in wrong.problem


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"", "no site in it"), (b"Website\n", "no site in it"), (b"\xff\xff\xfe", "no text in")],
)
def test_a_file_of_no_use(tmp_path, catalogue, data, problem):
    with pytest.raises(SiteListError, match=problem):
        listed(tmp_path, catalogue, data)


def test_all_means_the_user_s_own_profiles(catalogue):
    assert [site.name for site in sites_with_profile(catalogue)] == ["broken", "harbour"]
    with pytest.raises(SiteListError, match="no profiles of yours"):
        sites_with_profile(Catalogue())
