import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.pipelines.title_key import title_key

SAME = [
    ("Turkey won’t sanction Russia", "TURKEY WON'T SANCTION RUSSIA"),
    ("“Quoted” words — and dashes", '"Quoted" words - and dashes'),
    ("Update: Ferry runs again", "Ferry runs again"),
    ("UPDATE 2 - Ferry runs again", "Ferry runs again"),
    ("Breaking News: Ferry runs again", "ferry runs again"),
    ("عاجل: الحرب", "الحرب"),
    ("سياسة كبيرة", "سیاسة کبیرة"),
    ("گزارش ۱۲۳", "گزارش 123"),
    ("گزارش ١٢٣", "گزارش 123"),
    ("می‌شود", "میشود"),
    ("مُحَمَّد", "محمد"),
    ("Ｆｕｌｌ　ｗｉｄｔｈ", "Full width"),
    ("Straße", "STRASSE"),
    ("A  title\u00a0here ", "A title here"),
    ("Title!", "Title"),
]
DIFFERENT = [
    ("Part 1 of the story", "Part 2 of the story"),
    ("Ferry runs", "Ferry run s"),
    ("Résumé found", "Resume found"),
    ("C++ wins", "C wins again"),
    ("काम", "कम"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_titles_that_are_the_same(one, other):
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_titles_that_differ(one, other):
    assert title_key(one) != title_key(other)


def test_the_site_name_at_the_end_does_not_count():
    assert title_key("Ferry runs - Meridian Wire", "Meridian Wire") == title_key("Ferry runs")
    assert title_key("Meridian Wire", "Meridian Wire") == "meridian wire"


def test_a_title_of_signs_alone_keeps_them():
    assert title_key("???") != title_key("!!!")


def test_a_prefix_alone_is_a_title():
    assert title_key("Breaking news:") == title_key("breaking news")


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself(title):
    assert title_key(title_key(title)) == title_key(title)


@given(st.text(max_size=60))
def test_only_an_empty_title_has_an_empty_key(title):
    assert bool(title_key(title)) == bool(title.strip())


@given(st.text(alphabet="abcdef ", min_size=1, max_size=40))
def test_case_and_outer_quotes_do_not_count(title):
    assert title_key(f"“{title.upper()}”") == title_key(title) or not title.strip()
