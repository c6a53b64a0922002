"""Captions that nothing but their place and words tell."""

from __future__ import annotations

import pytest
from lxml import html

from newscrawler.extraction.body.segmentation import segment
from newscrawler.extraction.body.unmarked_captions import is_unmarked_caption

_LINE = "The ferry was late again on Monday."


def captions(body: str) -> list[str]:
    return [block.text for block in segment(html.document_fromstring(body)) if is_unmarked_caption(block)]


@pytest.mark.parametrize(
    "caption",
    [
        "The bridge on Friday. (Photo by H. Dorn)",
        "Die Uferstraße am Freitag. Foto: H. Dorn",
        "Речной вокзал после ремонта. Фото: Т. Вельская",
        "图为改造后的老码头效果图。何晓 摄",
        "改修される旧灯台＝霧ヶ浜市で、林健太撮影",
    ],
)
def test_a_line_with_a_credit_behind_a_picture(caption):
    assert captions(f"<p>{_LINE}<div><img src=a></div><p><em>{caption}</em></p><p>{_LINE}") == [caption]
    assert captions(f"<p>{_LINE}<p><img src=a><br>{caption}</p><p>{_LINE}") == [caption]
    assert captions(f"<p><a href=/x><picture><img src=a></picture></a><br></p>\n<p>{caption}") == [caption]
    assert not captions(f"<div><img src=a></div><p>{_LINE}<p>{caption}</p>"), "no picture right before"


def test_a_line_with_the_words_of_the_pictures_alt():
    assert captions(f"<p><img src=a alt='The pier in June'></p><p>The pier in June</p><p>{_LINE}") == [
        "The pier in June"
    ]
    assert not captions("<p><img src=a alt='The pier in June'></p><h2>The pier in June</h2>")


def test_a_line_of_the_story_behind_a_picture():
    assert not captions(f"<p><img src=a></p><p>{_LINE}")
    assert not captions(f"<p><img src=a></p><p>{_LINE * 9} Photo: H. Dorn")
    assert not captions("<p><img src=a></p><p>(All photos: Atlas staff)"), "a credit by itself"
