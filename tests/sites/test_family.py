import pytest

from newscrawler.extraction import read
from newscrawler.extraction.html.document import Document
from newscrawler.sites import SiteError
from newscrawler.sites.family import FOLDER, Evidence, Family, families, family_selectors, load_family

URL = "https://harbour.example/news/the-mill"
TEXT = "".join(
    f"<p>The mill on the river opened its doors again on morning {number}, and the whole town came to see the wheel "
    "turn, the flour fall and the miller laugh.</p>"
    for number in range(8)
)


def page(head="", body="", body_class=""):
    return f"""<!DOCTYPE html><html lang="en"><head><title>The old mill opens again</title>{head}
        <meta property="og:type" content="article">
        <meta property="article:published_time" content="2026-11-20T09:00:00Z">
        </head><body class="{body_class}"><article><h1>The old mill opens again</h1>{TEXT}{body}</article></body>
        </html>""".encode()


def story(content):
    return read(content, URL, family=family_selectors).story


def test_every_bundled_family_has_evidence_and_selectors():
    assert len(families()) == len(list(FOLDER.glob("*.toml")))
    for path in FOLDER.glob("*.toml"):
        family = load_family(path)
        assert family.fields
        assert family.evidence.generator or family.evidence.scripts or family.evidence.marks, path


@pytest.mark.parametrize(
    ("evidence", "head", "made"),
    [
        (Evidence(generator=["Ghost"]), '<meta name="generator" content="ghost 5.2">', True),
        (Evidence(generator=["Ghost"]), '<meta name="generator" content="Not Ghost">', False),
        (Evidence(scripts=["/wp-content/"]), '<link rel="stylesheet" href="/wp-content/themes/a.css">', True),
        (Evidence(scripts=["/wp-content/"]), '<script src="/js/a.js"></script>', False),
        (Evidence(marks=["script#engine"]), '<script id="engine"></script>', True),
        (Evidence(marks=["script#engine"]), '<script id="engines"></script>', False),
        (Evidence(), '<meta name="generator" content="">', False),
    ],
)
def test_evidence(evidence, head, made):
    family = Family(evidence=evidence, fields={"tags": [".tags a"]})
    assert family.made(Document(page(head), URL)) is made


def test_a_page_without_evidence_has_no_family():
    assert not family_selectors(Document(page(), URL))


WORDPRESS = '<meta name="generator" content="WordPress 6.8">'
CATEGORIES = (
    '<footer><span class="cat-links">In <a href="/c/a">Local</a>, <a href="/c/b">Mills</a></span></footer>'
)


def test_a_family_fills_in_what_the_page_does_not_give():
    content = page(WORDPRESS, CATEGORIES, "single")
    assert read(content, URL).story.section is None
    found = story(content)
    assert (found.section, found.sources["section"]) == ("Local", "family")


def test_what_the_page_declares_comes_before_its_family():
    declared = '<meta property="article:section" content="Town life">'
    found = story(page(WORDPRESS + declared, CATEGORIES, "single"))
    assert (found.section, found.sources["section"]) == ("Town life", "meta")


def test_pages_of_no_family_are_read_as_ever():
    content = page("", CATEGORIES, "single")
    assert story(content) == read(content, URL).story


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[evidence]\n", "fields: this key is missing"),
        ('[fields]\ntitel = ["h1"]\n', "titel: no such field"),
        ('[evidence]\nmeta = ["x"]\n[fields]\n', "evidence.meta: no such key"),
        ('[evidence]\nmarks = ["h1["]\n[fields]\n', "'h1[' is not a CSS selector"),
        ("fields =\n", "is not TOML"),
    ],
)
def test_a_wrong_file_is_told_with_its_key(tmp_path, text, told):
    path = tmp_path / "odd.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SiteError, match=r"odd\.toml") as caught:
        load_family(path)
    assert told in str(caught.value)
