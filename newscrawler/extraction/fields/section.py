"""The section that the publisher files the story under."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.fields.tags import texts_of
from newscrawler.extraction.headline.site_affixes import names_site
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.extraction.html.structured_data import alphanumeric_key, as_list, first_text
from newscrawler.extraction.html.text_content import all_text
from newscrawler.text import clean_line
from newscrawler.url_cleaning import path_of

_SECTION_META = ("article:section", "section", "parsely-section", "og:article:section", "category")
_UNREAD = frozenset(("script", "style", "title"))
_LONGEST_SECTION = 200  # characters of a printed text that may be a section, blanks included
_MOST_CRUMBS = 8  # of a breadcrumb; more links are a menu, or those of other stories


def find_section(document: Document, selectors: Selectors) -> Extracted[str | None]:
    """The breadcrumb joined with ` > `, without the site's front page and the story itself."""
    elements = selectors.select(document.root, "section")
    if 0 < len(elements) <= _MOST_CRUMBS:
        return Extracted(_joined(document, texts_of(elements)), "profile")
    facts = document.facts
    for crumbs in facts.of_type("breadcrumblist"):
        if section := _joined(document, _crumb_names(crumbs)):
            return Extracted(section, "json-ld")
    for prop in document.marks.props.get("itemlistelement", ())[:5]:
        parent = prop.getparent()
        if parent is not None and "breadcrumb" in (parent.get("itemtype") or "").lower():
            names = [
                all_text(item) for item in parent.iter() if "name" in (item.get("itemprop") or "").split()
            ]
            if section := _joined(document, names):
                return Extracted(section, "microdata")
    for block in document.marks.named["crumbs"][:20]:
        links = [link for link in block.iter("a") if link.get("href")]
        if 0 < len(links) <= _MOST_CRUMBS and (
            section := _joined(document, [all_text(link) for link in links])
        ):
            return Extracted(section, "dom")
    if names := _own(document, _structured(document)[:1]):
        return Extracted(_joined(document, names), "json-ld")
    for name in _SECTION_META:
        if names := _own(document, facts.meta(name)[:1]):
            return Extracted(_joined(document, names), "meta")
    return Extracted(None, "dom")


def declared_sections(document: Document) -> list[str]:
    """Sections that the page declares for machines, breadcrumbs aside."""
    return [*_structured(document)[:1], *document.facts.meta(*_SECTION_META)[:1]]


def _structured(document: Document) -> list[str]:
    return [text for value in document.facts.values("articleSection") if (text := first_text(value))]


def _own(document: Document, names: list[str]) -> list[str]:
    """Sections without one that nearly all pages of the site declare and this one prints nowhere."""
    return [
        name
        for name in names
        if not document.template.is_shared_value("section", name) or _is_printed(document, name)
    ]


def _is_printed(document: Document, name: str) -> bool:
    key = alphanumeric_key(name)
    if key in map(alphanumeric_key, unquote(path_of(document.url)).split("/")):
        return True
    return any(
        alphanumeric_key(text) == key
        for one in document.index.elements
        if one.tag not in _UNREAD and (text := one.text) and len(text) < _LONGEST_SECTION
    )


_HOMES = """
    home | home page | homepage | start | startseite | accueil | inicio | início | portada | hem | hjem
    | forside | etusivu | frontpage | front page | главная | головна | صفحه نخست | صفحه اصلی | خانه | الرئيسية
    | الصفحة الرئيسية | anasayfa | ana sayfa | trang chủ | beranda | strona główna | 首页 | 首頁 | ホーム
    | トップ | 홈 | you are here | nyumbani | होम | প্রচ্ছদ"""
_HOME = frozenset(" ".join(name.split()) for name in _HOMES.split("|"))


def _crumb_names(crumbs: dict[str, Any]) -> list[str]:
    entries: list[tuple[int, str]] = []
    for item in as_list(crumbs.get("itemListElement"))[:20]:
        if isinstance(item, dict):
            name = first_text(item.get("name")) or first_text(item.get("item"))
            if name and not name.startswith(("http://", "https://")):
                position = item.get("position")
                entries.append((position if isinstance(position, int) else len(entries) + 1, name))
    return [name for _, name in sorted(entries, key=lambda entry: entry[0])]


def _joined(document: Document, names: Iterable[str]) -> str | None:
    facts = document.facts
    sites = facts.site_keys
    titles = {alphanumeric_key(text) for text in (facts.text("headline") or "", *facts.meta("og:title"))} - {
        ""
    }
    kept: list[str] = []
    for name in names:
        name = clean_line(name).strip(" >»›/|•·")
        key = alphanumeric_key(name)
        if (
            not key
            or len(name) > 60
            or name.casefold() in _HOME
            or any(key in title and len(key) > 20 for title in titles)
        ):
            continue
        if names_site(name, sites) and key in sites:
            continue
        if not kept or kept[-1].casefold() != name.casefold():
            kept.append(name)
    return " > ".join(kept) or None
