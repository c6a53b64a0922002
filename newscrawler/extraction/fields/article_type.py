"""The article type of a story: article, live, video, photo or opinion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.structured_data import types_of


class ArticleType(StrEnum):
    """The values of `Story.kind`."""

    ARTICLE = "article"
    LIVE = "live"
    VIDEO = "video"
    PHOTO = "photo"
    OPINION = "opinion"


# Section names and URL segments of each type, in the languages that use them in URLs.
_TYPE_WORDS = {
    ArticleType.OPINION: """
        opinion opinions opinion-analysis comment commentary comments commentisfree editorial editorials op-ed
        oped columnists columns columnist column voices viewpoint viewpoints letters meinung meinungen kommentar
        kommentare kolumne kolumnen leitartikel gastkommentar opinie columns opinioni editoriali commenti
        opinione opiniao opinião colunas colunistas opiniones columnas columnistas editoriales tribuna tribunes
        tribune chroniques edito editos idees idées debats débats debatt debat ledare leder meninger kronik
        kronikk ytring mielipide paakirjoitus publicystyka opinie felietony mnenie mneniya мнение мнения колонки
        думка думки погляди kose-yazilari köşe-yazıları yazarlar رأي آراء مقالات-رأي یادداشت سرمقاله 社説
        オピニオン 评论 評論 사설 오피니언""",
    ArticleType.VIDEO: """
        video videos vídeo vídeos vidéo vidéos videonews videot filmy video-news видео відео فيديو فیلم ویدئو
        视频 影片 動画 동영상""",
    ArticleType.PHOTO: """
        photo photos gallery galleries photogallery photo-gallery photo-galleries in-pictures pictures galerie
        galerien bildergalerie bildergalerien fotostrecke fotostrecken foto fotos fotogalerie fotogaleria
        galeria galerias galería galerías diaporama diaporamas portfolio fotogallery galleria bildspel bildserie
        kuvat galeri foto-galeri фото фоторепортаж фотогалерея عکس گزارش-تصویری صور 图片 写真 포토""",
    ArticleType.LIVE: """
        live liveblog liveblogs live-blog liveticker live-ticker ticker newsticker live-updates en-vivo envivo
        en-direct ao-vivo aovivo diretta in-diretta direkte direkt direkterapport livestudie livestudio suora
        na-zywo nazywo online-uživo canli canlı canli-anlatim онлайн наживо بث-مباشر مباشر زنده""",
}
_TYPE_OF = {word: kind for kind, words in _TYPE_WORDS.items() for word in words.split()}
_LIVE_TITLE = re.compile(
    r"^\W*(?:live(?:blog|ticker)?|live updates|en vivo|en direct|ao vivo|in diretta|direkt|direkte|canlı|онлайн|مباشر)"
    r"\s*[:|–—-]|"
    r"\b(?:live ?blog|live ?ticker|live updates|as it happened)\b|\bLIVE\b",
)
_SHORT = 250  # words; a page of a video or of pictures has little text of its own


def find_article_type(document: Document, title: str, word_count: int) -> Extracted[ArticleType]:
    """Classify a story by what its page declares.

    schema.org types first; then og:type; then words of the section and the URL.
    """
    types = document.facts.types
    if "liveblogposting" in types:
        return Extracted(ArticleType.LIVE, "json-ld")
    if "opinionnewsarticle" in types:
        return Extracted(ArticleType.OPINION, "json-ld")
    articles = {name for name in types if name.endswith(("article", "posting"))}
    if word_count < _SHORT and not articles:
        if "videoobject" in types:
            return Extracted(ArticleType.VIDEO, "json-ld")
        if {"imagegallery", "mediagallery"} & {name for node in document.json_ld for name in types_of(node)}:
            return Extracted(ArticleType.PHOTO, "json-ld")
    og_type = "".join(document.meta.get("og:type", ())[:1]).lower()
    if og_type.startswith("video") and word_count < _SHORT:
        return Extracted(ArticleType.VIDEO, "opengraph")
    if _LIVE_TITLE.search(title):
        return Extracted(ArticleType.LIVE, "dom")
    for source, word in _section_words(document):
        kind = _TYPE_OF.get(word)
        if kind is ArticleType.OPINION or kind is ArticleType.LIVE or (kind and word_count < _SHORT):
            return Extracted(kind, source)
    return Extracted(ArticleType.ARTICLE, "dom")


def _section_words(document: Document) -> Iterator[tuple[str, str]]:
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
