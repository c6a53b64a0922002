import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawler.feeds import cells
from tests.feeds.nasty import TITLES

text = st.text(st.characters(exclude_categories=())) | st.text("=+-@'\t\r\n;\" \\u00 7a_x", max_size=12)


@given(text)
@example("\\\\u0007\x07")
@example("\\u\ud800")
def test_escape_is_undone_and_leaves_nothing_unsafe(value: str) -> None:
    escaped = cells.escape(value)
    assert cells.unescape(escaped) == value
    escaped.encode("utf-8")
    assert not any(ord(char) < 32 and char not in "\t\n" for char in escaped)


@given(text)
def test_guard_is_undone_and_starts_no_formula(value: str) -> None:
    guarded = cells.guard(value)
    assert cells.unguard(guarded) == value
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@given(st.lists(text))
def test_lists_are_split_again(values: list[str]) -> None:
    assert cells.split_list(cells.join_list(values)) == values


@given(st.text(st.sampled_from("a🚢"), max_size=80))
def test_cut_keeps_to_the_limit(value: str) -> None:
    shortened, was_cut = cells.cut(value, 60)
    assert len(shortened.encode("utf-16-le")) // 2 <= 60
    assert was_cut == (shortened != value)
    assert was_cut == (len(value.encode("utf-16-le")) // 2 > 60)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (12, "12"),
        ([], ""),
        (["Ann; Bob, Jr", "Cem"], '"Ann; Bob, Jr"; Cem'),
        ({"title": "json-ld", "body": "dom"}, "title=json-ld; body=dom"),
        (
            [{"title": "A", "url": "https://a.example/", "published": None}],
            "title=A | url=https://a.example/",
        ),
        ("bell \x07", "bell \\u0007"),
        ("a \\u0007", "a \\\\u0007"),
        ("C:\\users", "C:\\users"),
    ],
)
def test_values(value: object, cell: str) -> None:
    assert cells.cell_text(value) == cell


@pytest.mark.parametrize("title", TITLES)
def test_planted_titles_come_back(title: str) -> None:
    assert cells.unescape(cells.unguard(cells.guard(cells.escape(title)))) == title
