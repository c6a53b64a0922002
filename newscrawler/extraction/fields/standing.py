"""What the page says of the story's standing: number, comments, whether it is free, what kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.printed_labels import label_of
from newscrawler.extraction.html.selectors import Rules
from newscrawler.extraction.html.structured_data import as_list, types_of
from newscrawler.extraction.html.text_content import all_text, line_of
from newscrawler.text import clean_line

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩০১২৩৪৫৬৭৮৯०१२३४५६७८९", "0123456789" * 4)
_NUMBER = re.compile(r"\d[\d., \u00a0\u202f]*")
_CODE = re.compile(r"(?<![\w/])(\d{3,15})(?![\w/])")
_CODE_NAMES = """
    articleid article_id article-id newsid news_id news-id storyid story_id post_id postid post-id contentid
    content-id content_id cxenseparse:articleid cxenseparse:recs:articleid parsely-post-id sailthru.id bt:id nid
    dc.identifier article:id"""
_CODE_META = _CODE_NAMES.split()


def find_story_code(document: Document, rules: Rules) -> Extracted[str | None]:
    """The publisher's own number for the story, as text.

    A printed label (`Story Code : 983389`) or an element named for it, then the page's own identifiers, then a
    number in the URL that can be nothing else.
    """
    for element in rules.select(document.root, "story_code"):
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


_POST_NUMBER = re.compile(r"(?:^|\s)(?:postid|post|node|article)-(\d{2,12})(?:\s|$)")


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


def find_comment_count(document: Document, rules: Rules) -> Extracted[int | None]:
    """How many comments the page says it has; None when it does not say."""
    for element in rules.select(document.root, "comment_count"):
        if (count := _count_in(all_text(element))) is not None:
            return Extracted(count, "profile")
    facts = document.facts
    for value in facts.values("commentCount"):
        if (count := _count_in(str(value))) is not None:
            return Extracted(count, "json-ld")
    for value in facts.values("interactionStatistic"):
        if isinstance(value, dict) and "comment" in _kind_of_action(value):
            count = _count_in(str(value.get("userInteractionCount", "")))
            if count is not None:
                return Extracted(count, "json-ld")
    for prop in ("commentcount", "interactioncount"):
        for element in document.marks.props.get(prop, ())[:10]:
            text = element.get("content") or all_text(element)
            if (prop == "commentcount" or "comment" in text.lower()) and (
                count := _count_in(text)
            ) is not None:
                return Extracted(count, "microdata")
    for element in document.marks.named["comments"][:40]:
        # The count is the element itself, or heads a whole section of comments.
        for part in (element, *element.iterchildren("h2", "h3", "h4", "h5")) if len(element) else (element,):
            text = line_of(part) if not len(part) or len(list(islice(part.iter(), 8))) < 8 else ""
            if 0 < len(text) < 40 and (count := _printed_count(text)) is not None and not _leads_away(part):
                return Extracted(count, "dom")
    return Extracted(None, "dom")


def _printed_count(text: str) -> int | None:
    """The number in `12 comments` or `Kommentare (12)`; None where anything else is said."""
    if not any(map(str.isdigit, text)):
        return None
    text = text.translate(_DIGITS)
    label = label_of(_NUMBER.sub(" ", text, count=1))
    return _count_in(text) if label == ("comments", "") else None


def _leads_away(element: etree._Element) -> bool:
    """Whether a comment count stands in a link to another page, as in teasers of other stories."""
    links = [above for above in (element, *islice(element.iterancestors(), 64)) if above.tag == "a"] or list(
        element.iter("a")
    )
    return any("#" not in (link.get("href") or "#") for link in links)


def _kind_of_action(statistic: dict[str, Any]) -> str:
    kind = statistic.get("interactionType")
    if isinstance(kind, dict):
        return " ".join(types_of(kind))
    return str(kind).lower()


def _count_in(text: str) -> int | None:
    match = _NUMBER.search(text.translate(_DIGITS))
    digits = re.sub(r"\D", "", match[0]) if match else ""
    return int(digits) if digits and len(digits) < 8 else None


def find_is_free(document: Document) -> Extracted[bool | None]:
    """Whether the whole text is free to read; None when the page does not say."""
    for value in as_list(document.facts.values("isAccessibleForFree")):
        if isinstance(value, bool):
            return Extracted(value, "json-ld")
        if isinstance(value, str) and (word := value.strip().lower().rsplit("/", 1)[-1]) in ("true", "false"):
            return Extracted(word == "true", "json-ld")
    for name in ("article:content_tier", "content_tier", "og:content_tier"):
        for content in document.meta.get(name, ()):
            if (tier := content.strip().lower()) in ("free", "metered", "locked"):
                return Extracted(tier == "free", "meta")
    return Extracted(None, "dom")


# Words of a section or a URL segment that tell the kind, in the languages that use them in addresses.
_KIND_WORDS = {
    "opinion": """
        opinion opinions opinion-analysis comment commentary comments commentisfree editorial editorials op-ed
        oped columnists columns columnist column voices viewpoint viewpoints letters meinung meinungen kommentar
        kommentare kolumne kolumnen leitartikel gastkommentar opinie columns opinioni editoriali commenti
        opinione opiniao opinião colunas colunistas opiniones columnas columnistas editoriales tribuna tribunes
        tribune chroniques edito editos idees idées debats débats debatt debat ledare leder meninger kronik
        kronikk ytring mielipide paakirjoitus publicystyka opinie felietony mnenie mneniya мнение мнения колонки
        думка думки погляди kose-yazilari köşe-yazıları yazarlar رأي آراء مقالات-رأي یادداشت سرمقاله 社説
        オピニオン 评论 評論 사설 오피니언""",
    "video": """
        video videos vídeo vídeos vidéo vidéos videonews videot filmy video-news видео відео فيديو فیلم ویدئو
        视频 影片 動画 동영상""",
    "photo": """
        photo photos gallery galleries photogallery photo-gallery photo-galleries in-pictures pictures galerie
        galerien bildergalerie bildergalerien fotostrecke fotostrecken foto fotos fotogalerie fotogaleria
        galeria galerias galería galerías diaporama diaporamas portfolio fotogallery galleria bildspel bildserie
        kuvat galeri foto-galeri фото фоторепортаж фотогалерея عکس گزارش-تصویری صور 图片 写真 포토""",
    "live": """
        live liveblog liveblogs live-blog liveticker live-ticker ticker newsticker live-updates en-vivo envivo
        en-direct ao-vivo aovivo diretta in-diretta direkte direkt direkterapport livestudie livestudio suora
        na-zywo nazywo online-uživo canli canlı canli-anlatim онлайн наживо بث-مباشر مباشر زنده""",
}
_KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}
_LIVE_TITLE = re.compile(
    r"^\W*(?:live(?:blog|ticker)?|live updates|en vivo|en direct|ao vivo|in diretta|direkt|direkte|canlı|онлайн|مباشر)"
    r"\s*[:|–—-]|"
    r"\b(?:live ?blog|live ?ticker|live updates|as it happened)\b|\bLIVE\b",
)
_SHORT = 250  # words: a page of a video or of pictures has little text of its own


def find_kind(document: Document, title: str, word_count: int) -> Extracted[str]:
    """article, live, video, photo or opinion.

    schema.org types first; then og:type; then words of the section and the address.
    """
    types = document.facts.types
    if "liveblogposting" in types:
        return Extracted("live", "json-ld")
    if "opinionnewsarticle" in types:
        return Extracted("opinion", "json-ld")
    articles = {name for name in types if name.endswith(("article", "posting"))}
    if word_count < _SHORT and not articles:
        if "videoobject" in types:
            return Extracted("video", "json-ld")
        if {"imagegallery", "mediagallery"} & {name for node in document.json_ld for name in types_of(node)}:
            return Extracted("photo", "json-ld")
    og_type = "".join(document.meta.get("og:type", ())[:1]).lower()
    if og_type.startswith("video") and word_count < _SHORT:
        return Extracted("video", "opengraph")
    if _LIVE_TITLE.search(title):
        return Extracted("live", "dom")
    for source, word in _kind_words(document):
        kind = _KINDS.get(word)
        if kind == "opinion" or kind == "live" or (kind and word_count < _SHORT):
            return Extracted(kind, source)
    return Extracted("article", "dom")


def _kind_words(document: Document) -> Iterator[tuple[str, str]]:
    """Section names and URL segments, lower case, the last segment (the story's own slug) left out."""
    facts = document.facts
    for value in facts.values("articleSection")[:3]:
        if isinstance(value, str):
            yield "json-ld", value.strip().lower()
    for value in facts.meta("article:section"):
        yield "meta", value.lower()
    try:
        segments = unquote(urlsplit(document.url).path).lower().split("/")[:-1]
    except ValueError:
        return
    for segment in segments[:5]:
        yield "url", segment
