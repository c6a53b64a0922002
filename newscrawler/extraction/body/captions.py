"""Captions of pictures, and who is credited for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from lxml import etree

from newscrawler.extraction.html.text_content import line_of
from newscrawler.text import clean_line

_LONGEST_NAME = 500  # characters of a class attribute
# Of names in small letters: a pattern that minds their case is several times faster.
_CREDIT_NAME = re.compile(
    r"credit|copyright|photographer|fotograf|bildquelle|quelle|rights|attribution|agency|source|crédit|autor-?foto|imgauthor"
)
_CAPTION_NAME = re.compile(
    r"caption|legend|bildunterschrift|bildtext|image-?(?:desc|text)|leyenda|pie-?(?:de-?)?foto|didascalia|bijschrift"
)
_NAME = r"(?P<name>[^()\[\]]{2,80})[)\]\s.]*$"
_EDGE = r"[\s(\[|–—-]*"
_WORDS = (
    r"(?<!AP )photos?|fotos?|fotó|fot\.|photograph|photographer|fotograf[ií]a|fotoğraf|(?:archiv|symbol)(?:foto|bild)|"
    r"bild(?:quelle|rechte|er)?|image|imagem|imagen|picture|credits?|crédits?(?: photo)?|quelle|source|fuente|fonte|"
    r"kilde|kaynak|zdjęcie|kuva|photo by|image by|photo credit|image credit|copyright|illustration|grafik|graphic|"
    r"фото|صورة|عکس|写真|사진|图片来源|图|ảnh"
)
_AGENCIES = "AP Photo|AP|REUTERS|Reuters|AFP|EPA|EFE|ANSA|dpa|Getty Images|Xinhua|TASS|UPI|PA"
# How captions end: a word for pictures before a name, an agency before its photographer, whose courtesy it was.
_CREDITS = (
    re.compile(
        _EDGE
        + rf"(?:\b(?:{_WORDS})\s*(?:by\b|von\b|:|：|©|/|(?:di|de|av|af)\s+(?=(?-i:[A-ZÀ-Þ])))\s*|©\s*)"
        + _NAME,
        re.IGNORECASE,
    ),
    re.compile(_EDGE + rf"(?P<name>(?<![\w/])(?:{_AGENCIES})\s?/\s?[^()\[\]/]{{2,60}}?)[)\]\s.]*$"),
    re.compile(_EDGE + r"\b(?:(?:photo|image)s? )?courtesy(?: of)?:?\s+" + _NAME, re.IGNORECASE),
)
# In small letters: every credit has one of the signs and one of the words, most captions have not.
_CREDIT_SIGNS = (":", "：", "©", "/", "by", "von", " di ", " de ", " av ", " af ", "courtesy")
_CREDIT_WORD = re.compile(
    "photo|fot|bild|image|picture|cr[ée]dit|quelle|source|fuente|fonte|kilde|kaynak|copyright|illustration|grafik|graphic|"
    "zdjęcie|kuva|ảnh|courtesy|/|фото|صورة|عکس|写真|사진|图|©"
)


def caption_of(picture: etree._Element) -> tuple[str | None, str | None]:
    """Caption and credit from the figure around a picture, or from a caption element beside it."""
    silent: set[etree._Element] = set()
    for depth, above in enumerate(islice(picture.iterancestors(), 64)):
        tag = above.tag
        if tag == "figure":
            holder = next(above.iter("figcaption"), None)
            if holder is None:
                holder = _first_named(above, _is_caption_element, silent)
            if holder is None and (credit := _first_named(above, _is_credit_element, set())) is not None:
                return None, _line(credit)
            return split_credit(holder) if holder is not None else (None, None)
        if depth > 3 or tag in ("body", "article", "main", "section"):
            break
        if (
            len([*islice(above.iter("img"), 2)]) == 1
            and (holder := _first_named(above, _is_caption_element, silent)) is not None
        ):
            return split_credit(holder)
    return None, None


def _first_named(
    around: etree._Element, is_named: Callable[[etree._Element], bool], silent: set[etree._Element]
) -> etree._Element | None:
    """The first of the elements around a picture that is named so; `silent` are those known not to be."""
    for element in islice(around.iter("figcaption", "p", "div", "span", "small", "cite", "dd", "em"), 100):
        if element not in silent:
            if is_named(element):
                return element
            silent.add(element)
    return None


def _is_caption_element(element: etree._Element) -> bool:
    return _is_named(_CAPTION_NAME, element)


def _is_credit_element(element: etree._Element) -> bool:
    return _is_named(_CREDIT_NAME, element)


def _is_named(what: re.Pattern[str], element: etree._Element) -> bool:
    for name in ("class", "itemprop"):
        if (names := element.get(name)) and what.search(names[:_LONGEST_NAME].lower()):
            return True
    return False


def _line(element: etree._Element) -> str | None:
    return line_of(element)[:1000] or None


def split_credit(holder: etree._Element) -> tuple[str | None, str | None]:
    """A caption element's caption and credit, each without the other."""
    text = _line(holder)
    if text is None:
        return None, None
    credit_element = next(
        (
            one
            for one in islice(holder.iter(etree.Element), 60)
            if one is not holder and _is_credit_element(one)
        ),
        None,
    )
    if credit_element is not None and (credit := _line(credit_element)):
        caption = text.replace(credit, " ", 1)
        return _tidy_caption(caption), _bare_credit(credit)
    return split_credit_text(text)


def split_credit_text(text: str) -> tuple[str | None, str | None]:
    """`A bridge. (Photo: Jane Doe)` as (`A bridge.`, `Jane Doe`)."""
    folded = text.lower()
    credited = any(map(folded.__contains__, _CREDIT_SIGNS)) and _CREDIT_WORD.search(folded)
    match = next(filter(None, (pattern.search(text) for pattern in _CREDITS)), None) if credited else None
    if match is None:
        return text or None, None
    return _tidy_caption(text[: match.start()]), clean_line(match["name"]).strip(" .,;:") or None


def _tidy_caption(text: str) -> str | None:
    return clean_line(text).strip(" |–—-([/") or None


def _bare_credit(credit: str) -> str | None:
    return split_credit_text(credit)[1] or credit.strip(" ()[]|")
