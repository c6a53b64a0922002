"""The publisher's own number for a story: its story code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree

from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.extraction.html.text_content import all_text
from newscrawler.text import clean_line

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩০১২৩৪৫৬৭৮৯०१२३४५६७८९", "0123456789" * 4)
_CODE = re.compile(r"(?<![\w/])(\d{3,15})(?![\w/])")
_CODE_NAMES = """
    articleid article_id article-id newsid news_id news-id storyid story_id post_id postid post-id contentid
    content-id content_id cxenseparse:articleid cxenseparse:recs:articleid parsely-post-id sailthru.id bt:id nid
    dc.identifier article:id"""
_CODE_META = _CODE_NAMES.split()
# Element ids of WordPress and Drupal.
_POST_NUMBER = re.compile(r"(?:^|\s)(?:postid|post|node|article)-(\d{2,12})(?:\s|$)")


def find_story_code(document: Document, selectors: Selectors) -> Extracted[str | None]:
    """Read the publisher's own number for the story, as text.

    A printed label (`Story Code : 983389`) or an element named for it, then the page's own identifiers, then a
    number in the URL that can be nothing else.
    """
    for element in selectors.select(document.root, "story_code"):
        if code := _code_in(all_text(element)):
            return Extracted(code, "profile")
    numbers = list(_url_numbers(document.url))
    for label in [label for label in document.marks.labels if label.means == "code"][:10]:
        code = _code_in(label.rest) or _code_in(_following(label.element))
        if code and (code in numbers or len(code) > 3):
            return Extracted(code, "dom")
    for element in document.marks.named["code"][:20]:
        if (code := _code_in(all_text(element)[:80])) and code in numbers:
            return Extracted(code, "dom")
    stated = list(_stated_codes(document))
    for code, source in stated:
        if code in numbers:
            return Extracted(code, source)
    if numbers:
        return Extracted(numbers[0], "url")
    return Extracted(*stated[0]) if stated else Extracted(None, "dom")


def _stated_codes(document: Document) -> Iterator[tuple[str, str]]:
    """Numbers that the page states for machines: meta elements, the CMS's element ids, JSON-LD identifier."""
    for name in _CODE_META:
        for content in document.meta.get(name, ()):
            if content.isdigit() and 3 <= len(content) <= 15:
                yield content, "meta"
    if code := _post_number(document):
        yield code, "dom"
    for value in document.facts.values("identifier"):
        value = value.get("value") if isinstance(value, dict) else value
        if (text := str(value)).isdigit() and 4 <= len(text) <= 15:
            yield text, "json-ld"


def _code_in(text: str) -> str | None:
    match = _CODE.search(clean_line(text).translate(_DIGITS))
    return match[1] if match else None


def _following(element: etree._Element) -> str:
    """The text right after a label: its tail, else the next element's."""
    if element.tag == "br" or (element.tail and element.tail.strip(" :\n\t")):
        return (element.tail or "")[:60]
    following = element.getnext()
    return all_text(following)[:60] if following is not None else ""


def _url_numbers(url: str) -> Iterator[str]:
    """Numbers of a URL's path that can be a story's own, the likeliest first: whole segments, then ends of slugs."""
    try:
        segments = [unquote(part)[:300] for part in urlsplit(url).path.split("/")[:40] if part]
    except ValueError:
        return
    for segment in reversed(segments):
        if (match := re.fullmatch(r"(?:id_?)?(\d{5,15})(?:\.\w{2,5})?", segment)) and not _is_date(match[1]):
            yield match[1]
    for segment in reversed(segments[-2:]):
        match = re.search(r"(?:^|[-_,.!a-z])(\d{6,12})(?:\.\w{2,5})?$", segment) or re.match(
            r"(\d{6,12})[-_.]", segment
        )
        if match and not _is_date(match[1]) and not match[1].endswith("000"):
            yield match[1]


def _is_date(number: str) -> bool:
    return bool(re.match(r"(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])", number)) or (
        len(number) == 6 and number[:2] in ("19", "20")
    )


def _post_number(document: Document) -> str | None:
    """The number that WordPress and Drupal write into body and article elements."""
    for element in document.index.by_tag["body"]:
        if "single" in (names := element.get("class") or "") and (
            match := re.search(r"\bpostid-(\d+)", names)
        ):
            return match[1]
    articles = [
        match[1]
        for element in document.index.by_tag["article"]
        if (match := _POST_NUMBER.search(element.get("id") or ""))
    ]
    return articles[0] if len(articles) == 1 else None
