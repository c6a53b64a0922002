"""The blocks of a page: what faults of its mark-up hide from a reader of the tree."""

from __future__ import annotations

import pytest

from newscrawler.extraction.body.segmentation import segment
from newscrawler.extraction.html.document import Document

LINE = "The ferry to the outer islands was late again on Monday, said the harbour, and nobody could say why."
TEXT = "".join(f"<p>{n} {LINE}</p>" for n in range(5))


def lines(page: str) -> list[str]:
    return [block.text for block in segment(Document(page.encode(), "https://example.org/news/1/ferry").root)]


@pytest.mark.parametrize("tag", ["article", "main"])
def test_a_page_without_a_body_tag_has_its_text(tag: str) -> None:
    assert lines(f"<title>Ferry</title><{tag}><h1>Ferry late</h1>{TEXT}</{tag}>")[1:] == [
        f"{n} {LINE}" for n in range(5)
    ]


@pytest.mark.parametrize(
    "menu", ["<header><button><div>Menu</button></header>", "<nav><button><div>Menü</button></nav>"]
)
def test_a_box_left_open_in_a_button_hides_no_page(menu: str) -> None:
    assert f"4 {LINE}" in lines(f"<body>{menu}<main><h1>Ferry late</h1>{TEXT}</main></body>")


@pytest.mark.parametrize(
    "question", ["<h3><button>Why so late?</button></h3>", "<button><h3>Why so late?</h3></button>"]
)
def test_a_question_that_opens_its_answer_is_text(question: str) -> None:
    found = lines(f"<body>{TEXT}{question}<p>{LINE}</p><button>Send</button></body>")
    assert "Why so late?" in found
    assert "Send" not in found
