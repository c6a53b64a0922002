"""Pagination: each sign of a next page, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newscrawler.discovery import pagination
from newscrawler.discovery.pagination.page_numbers import number_of
from newscrawler.discovery.pagination.pagination_words import says
from newscrawler.extraction import read
from newscrawler.extraction.page_type.page_classifier import PageType

HERE = "https://example.org/news"


def further(html: str, url: str = HERE, kind: str = "listing") -> list[str]:
    page = replace(read(html.encode(), url, "text/html; charset=utf-8"), kind=PageType(kind))
    return [address.removeprefix("https://example.org") for address in pagination(page)]


def test_head_link() -> None:
    assert further("<head><link rel='next' href='/news/page/2'></head>") == ["/news/page/2"]


def test_head_link_to_another_site_or_to_itself_is_none() -> None:
    assert further("<link rel=next href='https://other.example/page/2'>") == []
    assert further("<link rel=next href='/news'>") == []


@pytest.mark.parametrize(
    "label",
    [
        "Next", "next page", "Next »", "Older posts", "← Older Entries", "Weiter", "Nächste Seite ›", "Suivant",
        "Page suivante",
        "Siguiente", "Entradas antiguas", "Próxima", "Successiva »", "Volgende", "Następna", "Další", "Следующая",
        "Далее",
        "Επόμενη", "Sonraki", "الصفحة التالية", "التالي", "بعدی", "صفحه بعد", "הבא", "अगला", "পরবর্তী", "ถัดไป",
        "Berikutnya",
        "Tiếp theo", "次へ", "次のページ", "下一页", "下一頁", "다음", "›", "»", ">", "→",
    ],
)  # fmt: skip
def test_words_and_arrows_in_a_pager(label: str) -> None:
    assert further(f"<div class='pager'><a href='/news?page=2'>{label}</a></div>") == ["/news?page=2"], label


@pytest.mark.parametrize(
    "label",
    ["Previous", "Newer posts →", "« Zurück", "Précédent", "السابق", "قبلی", "前へ", "上一页", "«", "‹"],
)
def test_previous_and_newer_are_not_next(label: str) -> None:
    assert further(f"<div class='pager nav-next'><a href='/news?page=2'>{label}</a></div>") == [], label
    assert says(label) == "previous"


def test_older_is_a_next_page_whatever_its_class() -> None:
    html = """<nav class="posts-navigation"><div class="nav-previous"><a href="/news/page/4">← Older posts</a></div>
      <div class="nav-next"><a href="/news/page/2">Newer posts →</a></div></nav>"""
    # The page marks the newer one as its next: both are given.
    assert further(html, f"{HERE}/page/3") == ["/news/page/2", "/news/page/4"]
    assert further(html.replace("nav-next", "other"), f"{HERE}/page/3") == ["/news/page/4"]


def test_previous_entries_are_next_when_their_page_number_is() -> None:
    html = "<ul><li class=previous><a href='/page/4'>« Předchozí příběhy</a><li><a href='/page/2'>Zpět »</a></ul>"
    assert further(html, "https://example.org/page/3") == ["/page/4"]
    assert further(html, "https://example.org/page/5") == []


def test_blogger() -> None:
    html = """<div class="blog-pager"><a class="blog-pager-newer-link"
      href="/search?updated-max=2020-01-09&reverse-paginate=true">
      Newer Posts</a><a class="blog-pager-older-link"
      href="/search?updated-max=2020-01-02T10:00:00Z">Older Posts</a></div>"""
    assert further(html) == ["/search?updated-max=2020-01-02T10:00:00Z"]


@pytest.mark.parametrize(
    ("block", "url", "expected"),
    [
        (
            "<span>1</span> <a href='?page=2'>2</a> <a href='?page=3'>3</a>",
            HERE,
            ["/news?page=2", "/news?page=3"],
        ),
        ("<a href='?p=0'>1</a><b>2</b><a href='?p=2'>3</a>", f"{HERE}?p=1", ["/news?p=2"]),
        (
            "<a href='?start=0'>1</a><a href='?start=20'>2</a><a href='?start=40'>3</a>",
            f"{HERE}?start=20",
            ["/news?start=40"],
        ),
        (
            "<a href='/news/1/'>1</a><a href='/news/2/' class=current>2</a><a href='/news/3/'>3</a>",
            HERE,
            ["/news/3/"],
        ),
        ("<a href='list_2.html'>2</a>", HERE, ["/list_2.html"]),
        ("<a href='?page=2'>২</a><a href='?page=3'>৩</a>", HERE, ["/news?page=2", "/news?page=3"]),
        ("<a href='?page=1'>1</a><a href='?page=2'>2</a><span>3</span>", f"{HERE}?page=3", []),
        (
            "<b>0</b> | <a href='?rub=7&debut=30#next'>30</a> | <a href='?rub=7&debut=60#next'>60</a>",
            f"{HERE}?rub=7",
            ["/news?rub=7&debut=30", "/news?rub=7&debut=60"],
        ),
        (
            "<a href='?rub=7'>0</a> <a href='?rub=7&debut=30'>30</a> <b>60</b> <a href='?rub=7&debut=90'>90</a>",
            f"{HERE}?rub=7&debut=60",
            ["/news?rub=7&debut=90"],
        ),
        ("<a href='?room=30'>30</a> <a href='?room=31'>31</a>", HERE, []),
    ],
)
def test_numbered_blocks(block: str, url: str, expected: list[str]) -> None:
    assert further(f"<ul><li><a href='/story/a'>A story</a></li></ul><div>{block}</div>", url) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p>No links at all.</p>",
        "<div class='slider pager'><a class='next' href='/gallery/2'>Next</a></div>",
        "<div class='post-navigation'><a rel='next' href='/news/another-story'>Next</a></div>",
        "<a href='/news/a-story-5'>Next</a>",
        "<table><tr>"
        + "".join(f"<td><a href='/2020/01/{day}'>{day}</a></td>" for day in range(1, 8))
        + "</tr></table>",
        "<ul><li><a href='/archive/2019'>2019</a><li><a href='/archive/2020'>2020</a></ul>",
        "<ol><li><a href='/story/alpha'>1</a><li><a href='/story/beta'>2</a><li><a href='/story/gamma'>3</a></ol>",
        "<div class=calendar><a class=next href='/events?month=2020-02'>»</a></div>",
        "<a class=next href='#'>Next</a>",
    ],
)
def test_what_is_no_pagination(html: str) -> None:
    assert further(html) == []


def test_a_story_has_only_its_own_pages() -> None:
    html = """<div class=pager><a href='/2020/01/a-long-story/2'>Next page</a>
      <a rel=next href='/2020/01/other'>Next</a></div>"""
    assert further(html, "https://example.org/2020/01/a-long-story", "story") == ["/2020/01/a-long-story/2"]
    assert further("<link rel=next href='/2020/01/other'>", "https://example.org/2020/01/a", "story") == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2),
        ("[3]", 3),
        ("1,096", 1096),
        ("۴", 4),
        ("٥", 5),
        ("०", None),
        ("2020", None),
        ("2a", None),
        ("", None),
        ("²", None),
    ],
)
def test_numbers(text: str, number: int | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("url", ["http://[bad", "", "not a url", "http://example.org:port/x"])
@pytest.mark.parametrize("kind", ["story", "listing"])
def test_a_malformed_page_address_raises_nothing(url: str, kind: str) -> None:
    html = "<link rel=next href='?page=2'><div class=pager><a href='/x?page=2'>Next</a> <a href='?page=2'>2</a></div>"
    assert isinstance(further(html, url, kind), list)
    assert read(html.encode(), url).kind in ("listing", "other")
