import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.discovery.urls.canonical_url import url_key
from newscrawler.discovery.urls.url_patterns import PatternGroups, shape_of


@pytest.mark.parametrize(
    ("url", "shape"),
    [
        ("https://www.example.org/en/news/983389/some-slug-of-it", "example.org/en/news/<num>/<slug>"),
        ("https://example.org/2026/11/23/some-slug-of-it", "example.org/<date>/<slug>"),
        ("https://example.org/2026/11/", "example.org/<date>"),
        ("https://example.org/politics", "example.org/<word>"),
        ("https://example.org/tag/turkey", "example.org/tag/<word>"),
        ("https://example.org/politics/page/2", "example.org/politics/<word>/<num>"),
        ("https://example.org/list?page=2&cat=x", "example.org/<word>?cat=<word>&page=<num>"),
        ("https://example.org/view.php?article12", "example.org/<word>.php?article<num>"),
        (
            "https://example.org/view.php?article12&start=30",
            "example.org/<word>.php?article<num>&start=<num>",
        ),
        ("https://example.org/", "example.org"),
        ("https://example.org/news/the-harbour-ferry-returns.html", "example.org/news/<slug>.html"),
    ],
)
def test_shape(url: str, shape: str) -> None:
    assert shape_of(url_key(url) or "") == shape


@given(st.text())
def test_shape_never_raises(text: str) -> None:
    assert isinstance(shape_of("https://example.org/" + text), str)


def test_combinations_of_parameters_are_one_family() -> None:
    families = PatternGroups()
    shapes = {families.of(f"example.org/list?a{i}=<word>&b{j}=<word>") for i in range(20) for j in range(20)}
    assert len(shapes) <= PatternGroups.MAX_QUERIES + 1


def test_ever_new_directories_are_one_family() -> None:
    families = PatternGroups()
    assert (
        len({families.of(f"example.org/d{i}/<word>") for i in range(1000)})
        <= PatternGroups.MAX_DIRECTORIES + 1
    )
