"""Broken pages: nothing raises and the text stays text. The whole command is benchmarks/mutate.py."""

from __future__ import annotations

import random

import pytest

from benchmarks.mutate import MUTATIONS, Mutation, mutate
from newscrawler.extraction import extract
from newscrawler.extraction.html.decoding import to_utf8
from tests.extraction.seed_page import SKINS, URL, seed_page

PAGES = [seed_page(skin) for skin in SKINS]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_mutated_pages_are_read(mutation: Mutation) -> None:
    rng = random.Random(mutation.__name__)
    for _ in range(30):
        page = mutation(rng, rng.choice(PAGES), rng.choice(PAGES))
        story = extract(page, URL, "text/html; charset=utf-8")
        if story is not None:
            assert story.title.strip(), f"{mutation.__name__}: a story without a title"
            story.body.encode()  # no lone surrogates


def test_mutations_follow_from_their_number() -> None:
    assert mutate(1, 5, PAGES) == mutate(1, 5, PAGES)
    assert mutate(1, 5, PAGES) != mutate(1, 6, PAGES)


# Big5 is not among those that windows-1256 is declared as: its bytes are valid in it, and are read as declared.
@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("big5", "utf-8"),
        (None, "utf-8"),
        ("utf-8", "windows-1256"),
        ("iso-8859-1", "windows-1256"),
        ("windows-1252", "windows-1256"),
        (None, "windows-1256"),
    ],
)
def test_lying_charsets(declared: str | None, actual: str) -> None:
    text = "قال رئيس البلدية يوم الاثنين إن الجسر سيعاد بناؤه قبل حلول الشتاء، وإن العمل يبدأ قريبا. " * 5
    content_type = f"text/html; charset={declared}" if declared else None
    utf8, name = to_utf8(f"<p>{text}</p>".encode(actual), content_type)
    assert text in utf8.decode("utf-8"), f"read as {name}"


@pytest.mark.parametrize(
    ("actual", "text"),
    [
        ("windows-1251", "Мэр сказал в понедельник, что мост восстановят до зимы. "),
        ("koi8-r", "Мэр сказал в понедельник, что мост восстановят до зимы. "),
        ("windows-1255", "ראש העיר אמר ביום שני כי הגשר ייבנה מחדש לפני החורף. "),
        ("gb18030", "市长星期一表示，大桥将在冬天之前重建。"),
        ("euc-kr", "시장은 월요일 다리가 겨울 전에 다시 지어질 것이라고 말했다. "),
    ],
)
def test_other_scripts_declared_as_western(actual: str, text: str) -> None:
    utf8, name = to_utf8(f"<p>{text * 8}</p>".encode(actual), "text/html; charset=iso-8859-1")
    assert text in utf8.decode("utf-8"), f"{actual} read as {name}"


@pytest.mark.parametrize(
    "text",
    [
        "Die größte Brücke über die Mürz öffnet erst nächstes Jahr, sagte Bürgermeisterin Jäger. ",
        "L’été dernier, le maire a déjà été réélu : « c’est à côté », a-t-il répété. ",
        "ÉTÉ À L’ÎLE : CRÉÉ À NOËL »»»» Øre på ærø, så blå. ",
    ],
)
def test_right_western_declarations_are_believed(text: str) -> None:
    utf8, name = to_utf8(f"<p>{text * 20}</p>".encode("cp1252"), "text/html; charset=iso-8859-1")
    assert text in utf8.decode("utf-8"), f"read as {name}"


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_byte_order_mark_wins(mark: bytes) -> None:
    name = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}[mark]
    assert (
        to_utf8(mark + "<p>Brücke</p>".encode(name), "text/html; charset=latin-1")[0]
        == "<p>Brücke</p>".encode()
    )
