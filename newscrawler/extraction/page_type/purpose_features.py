"""Features of what a page is for: to be read as an entry, to sell, to serve, to explain, or to be answered."""

from __future__ import annotations

import re
from math import log1p
from urllib.parse import unquote, urlsplit

from newscrawler.extraction.dates import DatesFound
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.structured_data import STORY_TYPES

# Folders of an address, and labels of a host's name, by what sites keep under them, in the languages of sites.
_FOLDERS = {
    "journal": """
        blog blogs news post posts article articles story stories magazine insights press press-releases journal
        opinion features review reviews guide tips advice editorial column columns nachrichten magazin artikel ratgeber
        actualites actualite noticias noticia revista notizie articoli nieuws nyheter haber haberler wiadomosci novosti
        berita archives""",
    "goods": """
        product products produkt produkte produit produits producto productos prodotto prodotti produto produtos item
        items itm dp sku shop store tienda boutique negozio winkel loja sklep buy cart goods app apps book books
        browse""",
    "service": """
        service services solution solutions leistungen dienstleistungen servicios servicio prestations servizi servicos
        diensten platform pricing support support-services consulting what-we-do expertise tools calculator programs
        industries enterprise""",
    "manual": """
        doc docs documentation dokumentation reference manual manuals handbook handbuch glossary glossar api help
        hilfe aide ayuda kb man""",
    "talk": """
        question questions thread threads topic discussion discussions forum forums community comments answers ask
        fragen foro forumi t q""",
}  # fmt: skip
_BY_KIND = {kind: frozenset(names.split()) for kind, names in _FOLDERS.items()}
_GOODS_TYPES = frozenset((
    "product", "productgroup", "offer", "aggregateoffer", "softwareapplication", "service", "localbusiness", "course",
    "videogame", "book", "event",
))  # fmt: skip
_TALK_TYPES = frozenset(("qapage", "question", "answer", "discussionforumposting"))
_ITEM_TAGS = ("html", "body", "main", "article", "section", "div")
_TYPE = re.compile(r"[a-z]+(?=/?$)")
NAMES = (
    *(f"path_{kind}" for kind in _FOLDERS),
    "page_declared",
    "goods_declared",
    "talk_declared",
    "goods_named",
    "byline",
    "date_printed",
    "changed",
    "code",
    "figures",
    "fields",
)


def purpose_signs(document: Document, types: list[str], dates: DatesFound) -> list[float]:
    """The numbers for `NAMES`; `types` are the page's JSON-LD types."""
    by_tag, meta, marks = document.index.by_tag, document.meta, document.marks
    items = _item_types(document)
    is_story = not STORY_TYPES.isdisjoint(types)
    return [
        *_path(document.url),
        float("webpage" in types and not is_story),
        float(not _GOODS_TYPES.isdisjoint(items.union(types)) or "product:price:amount" in meta),
        float(not _TALK_TYPES.isdisjoint(items)),
        float(bool(marks.named["goods"])),
        float("author" in meta or "author" in marks.rels or 0 < len(marks.named["author"]) <= _ONE_BYLINE),
        float(bool(dates.published_raw or dates.modified_raw)),
        float(dates.modified is not None),
        log1p(len(by_tag["pre"]) + len(by_tag["code"])),
        log1p(len(by_tag["figure"])),
        log1p(len(by_tag["input"]) + len(by_tag["select"]) + len(by_tag["textarea"])),
    ]


_ONE_BYLINE = (
    4  # boxes named after an author that one byline has at most: outer and inner ones, above and below
)


def _path(url: str) -> list[float]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return [0.0] * len(_BY_KIND)
    folders = {folder for folder in unquote(parts.path).lower().split("/")[:-1] if folder}
    folders.update(parts.netloc.lower().split(".")[:-1])
    return [float(not names.isdisjoint(folders)) for names in _BY_KIND.values()]


def _item_types(document: Document) -> set[str]:
    """The types of the page's microdata, lower case, without schema.org's address."""
    values = {
        value
        for tag in _ITEM_TAGS
        for element in document.index.by_tag[tag]
        if (value := element.get("itemtype"))
    }
    return {match[0] for value in values if (match := _TYPE.search(value[-60:].strip().lower()))}
