"""Headlines as strings: site suffix and section off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.extraction.headline.site_affixes import names_site, strip_site
from newscrawler.extraction.html.structured_data import site_keys

SITES = site_keys(["Example Times"], "https://www.exampletimes.org/a")


@pytest.mark.parametrize(
    ("title", "stripped"),
    [
        ("A bridge reopens - Example Times", "A bridge reopens"),
        ("A bridge reopens | Politics | Example Times", "A bridge reopens"),
        ("Example Times - A bridge reopens", "A bridge reopens"),
        ("Example Times: A bridge reopens", "Example Times: A bridge reopens"),
        ("A bridge reopens – exampletimes.org", "A bridge reopens"),
        ("A bridge - and what it costs", "A bridge - and what it costs"),
        ("Up 3-2: the cup is theirs | Example Times", "Up 3-2: the cup is theirs"),
        ("桥梁重新开放_Example Times", "桥梁重新开放"),
        ("A bridge reopens", "A bridge reopens"),
        ("Example Times", "Example Times"),
        ("", ""),
    ],
)
def test_strip_site(title: str, stripped: str) -> None:
    assert strip_site(title, SITES) == stripped


def test_the_site_is_known_by_domain_alone() -> None:
    assert names_site("Example Times", site_keys([], "https://www.exampletimes.co.uk/a"))


def test_a_word_of_the_headline_is_not_the_site() -> None:
    assert not names_site("Examples of good times in the north", SITES)


@given(st.text(max_size=200))
def test_what_is_left_is_a_part_of_the_title(title: str) -> None:
    stripped = strip_site(title, SITES)
    assert stripped in title
    assert bool(stripped.strip()) == bool(title.strip())


@given(
    st.text(alphabet="abcdefgh ", min_size=3, max_size=60).map(str.strip).filter(lambda text: len(text) > 2)
)
def test_a_suffix_comes_off_whatever_the_headline(title: str) -> None:
    assert strip_site(f"{title} - Example Times", SITES) == title
