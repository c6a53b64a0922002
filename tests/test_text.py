import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.text import (
    clean_line,
    clean_paragraphs,
    count_words,
    density,
    is_headline_long,
    single_spaced,
    titles_differ,
)

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=80)


def test_invisible_characters_go_and_white_space_becomes_one_space():
    assert clean_line("\ufeff  A\u00adlong\u200b  sto\u2060ry\u00a0\n of\tnews ") == "Along story of news"


def test_joiners_that_shape_words_stay():
    persian = "می\u200cشود"
    assert clean_line(persian) == persian


def test_letters_are_composed():
    assert clean_line("Cafe\u0301") == "Café"


def test_a_lone_surrogate_becomes_the_replacement_character():
    assert clean_line("a\ud800b") == "a\ufffdb"


def test_paragraphs_are_joined_by_one_blank_line():
    assert clean_paragraphs("one \n two\n\n \n\nthree") == "one two\n\nthree"


def test_words_are_counted_and_unspaced_scripts_by_character():
    assert count_words("Don't stop - it's 5 o'clock") == 5
    assert count_words("東京都 news") == 4


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text):
    assert clean_line(clean_line(text)) == clean_line(text)


@given(ANY_TEXT)
def test_a_cleaned_line_is_one_line_that_utf8_can_hold(text):
    cleaned = clean_line(text)
    cleaned.encode("utf-8")
    assert len(cleaned.splitlines()) <= 1
    assert "  " not in cleaned


@given(ANY_TEXT)
def test_single_spaced_is_cut_and_joined(text):
    assert single_spaced(text) == " ".join(text.split())


def test_single_spaced_knows_every_white_space():
    assert single_spaced(" a\u00a0b\u2009c\u3000d  e\tf\n") == "a b c d e f"


def test_dense_scripts_weigh_more() -> None:
    assert density("The bridge") == density("мост") == density("") == 1.0
    assert density("大橋重建" * 10) == 2.5
    assert 1.0 < density("大橋 bridge 大橋 bridge " * 10) < 2.0


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Ferry strike ends today", True),
        ("World news", False),
        ("To do it", False),
        ("大橋將在冬天之前重建", True),
        ("สะพานเก่าเปิดอีกครั้ง", True),
        ("다리가 다시 열렸다", True),
        ("国内新闻", False),
        ("Новости", False),
    ],
)
def test_headlines_are_longer_than_menu_items(text: str, headline: bool) -> None:
    assert is_headline_long(text) is headline


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Aldermoor\x92s fjord", "Aldermoor’s fjord"),
        ("\x93Grüße\x94 \x96 morgen", "“Grüße” – morgen"),
        ("a\x81b", "ab"),
    ],
)
def test_windows_quotes_written_as_control_characters_are_quotes(written, read):
    assert clean_line(written) == read


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Court orders mill to reopen looms", "Free breakfasts to reach every primary school", True),
        ("Court orders mill to reopen looms", "Mill to reopen its looms, orders court", False),
        ("Ferry runs again", "Free breakfasts to reach every primary school", False),
        ("Суд велел фабрике снова открыть станки", "Бесплатные завтраки получит каждая школа округа", True),
    ],
)
def test_titles_of_two_stories_hardly_share_a_word(one: str, other: str, differ: bool) -> None:
    assert titles_differ(one, other) is differ
