"""The place of links on a page: menu, related stories, running text.

The place of a container is cached per element, so that a page's cost grows with its size and not with
links times depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.regions import Region, is_sectioned
from newscrawler.extraction.html.text_content import has_more_children
from newscrawler.extraction.links.link import Place

# Words of class, id and role. Whole words only (`nav`, `main-nav`, `siteNav`), so that `navy` is no menu.
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NAMES = {
    Place.NAVIGATION: """nav navi navbar navigation subnav topnav mainnav menu submenu menubar megamenu sidenav
        masthead topbar breadcrumb breadcrumbs pagination pager paging paginate paginator pagenavi pagenav
        footer toolbar offcanvas hamburger dropdown contentinfo banner sitemap""",
    Place.OTHER: """share sharing social socials comment comments tag tags topics keywords author authors byline
        ad ads advert advertisement sponsored promo newsletter subscribe login cookie consent gdpr""",
    Place.RELATED: """related relateds recommend recommended recommendation recommendations recirc recirculation
        featured similar trending popular mostread mostpopular mostviewed more also suggested further
        readnext next upnext aside sidebar rail widget widgets complementary outbrain taboola""",
}
_PLACE_OF_WORD = {name: place for place, names in _NAMES.items() for name in names.split()}
# Headings of blocks of related stories, in many languages.
_RELATED_HEADING = re.compile(
    r"\b(?:related|recommended|featured|trending|most (?:read|popular|viewed)|read (?:more|also|next)|"
    r"you (?:may|might) (?:also )?(?:like|be interested)|more (?:stories|news|from|on|in)|similar|"
    r"das k[öo]nnte|mehr zum thema|meistgelesen|lesen sie auch|verwandte|"
    r"[àa] lire aussi|sur le m[êe]me|articles? li[ée]s|les plus lus|"
    r"relacionad[oa]s|m[áa]s le[íi]d|te puede interesar|leia (?:tamb[ée]m|mais)|mais lidas|"
    r"leggi anche|correlati|pi[ùu] letti|lees ook|meest gelezen|czytaj te[żz]|powi[ąa]zane|"
    r"l[äa]s (?:mer|ocks[åa])|les ogs[åa]|l[æa]s ogs[åa]|lue my[öo]s|[çc]ok okunan|ilgili|baca juga|terkait|"
    r"terpopuler|xem th[êe]m|li[êe]n quan)|"
    r"читайте также|похожие|по теме|популярн|читайте також|свързани|σχετικ|διαβ[άα]στε|"
    r"ذات صلة|مواضيع|اقرأ|الأكثر|مرتبط|پربازدید|بیشتر بخوانید|קשור|עוד בנושא|संबंधित|यह भी पढ़|"
    r"आणखी|আরও|সম্পর্কিত|相关|相關|推荐|推薦|热门|熱門|関連|おすすめ|ランキング|관련|인기|많이 본",
    re.IGNORECASE,
)
_WHOLE = frozenset(("body", "html", "main", "article"))
# Between a link and its paragraph there is only this.
_INLINE = frozenset(("span", "b", "strong", "em", "i", "u", "font", "small", "cite", "q", "mark", "sup"))
_RUNNING = frozenset(("p", "blockquote", "dd"))
MAY_RUN = _INLINE | _RUNNING  # parents of links in running text


# Places of links in the regions that mark-up declares; figures and content leave it to what is around them.
_PLACES = {
    Region.NAVIGATION: Place.NAVIGATION,
    Region.HEADER: Place.NAVIGATION,
    Region.FOOTER: Place.NAVIGATION,
    Region.SIDEBAR: Place.RELATED,
}


class LinkPlacement:
    """The place of each element by its nearest ancestor that has one."""

    def __init__(self, document: Document, headings: Iterable[etree._Element]) -> None:
        """`headings`: the page's `h2` to `h6`, of which some head blocks of other stories."""
        self._regions = document.regions
        self._known: dict[etree._Element, Place | None] = {document.root: None}
        for heading in headings:
            text = heading.text or (heading[0].text if len(heading) else None)
            if text and len(text) < 60 and _names_related(text):
                block = heading.getparent()
                if block is not None and not has_more_children(block, 1):
                    block = block.getparent()
                if block is not None and block.tag not in _WHOLE:
                    self._known[block] = Place.RELATED

    def of(self, block: etree._Element) -> Place | None:
        """`navigation`, `related` or `other`; None where neither the block nor an ancestor has a place."""
        known = self._known
        if block in known:
            return known[block]
        node = block.getparent()
        if node in known:  # as of most blocks with links
            place = known[block] = self._own(block, known[node])
            return place
        chain = [block]
        while node is not None and node not in known:
            chain.append(node)
            node = node.getparent()
        place = known[node] if node is not None else None
        for node in reversed(chain):
            place = known[node] = self._own(node, place)
        return place

    def _own(self, element: etree._Element, inherited: Place | None) -> Place | None:
        if regions := self._regions.own(element):
            return next((place for region, place in _PLACES.items() if region in regions), inherited)
        if (tag := element.tag) in _WHOLE:
            return inherited
        if tag == "header":
            # Its links are navigation even beside an h1, which on front pages is the site's name.
            return inherited if is_sectioned(element) else Place.NAVIGATION
        if (value := element.get("class")) and (place := _named_place(value)):
            return place
        if (value := element.get("id")) and (place := _named_place(value)):
            return place
        return inherited


@lru_cache(maxsize=8192)
def _names_related(heading: str) -> bool:
    return _RELATED_HEADING.search(heading) is not None


@lru_cache(maxsize=8192)
def _named_place(named: str) -> Place | None:
    places = {_PLACE_OF_WORD.get(word.lower()) for word in _WORDS.findall(named[:200])}
    for place in (Place.NAVIGATION, Place.OTHER, Place.RELATED):
        if place in places:
            return place
    return None


def in_running_text(element: etree._Element) -> bool:
    """True for a link with words of a paragraph beside it."""
    node: etree._Element | None = element
    for _ in range(4):
        if node is None:
            return False
        tail = node.tail
        beside = tail is not None and len(tail.strip()) > 8
        parent = node.getparent()
        if parent is None:
            return False
        if parent.tag in _RUNNING:
            if beside or (parent.text is not None and len(parent.text.strip()) > 8):
                return True
            before = node.getprevious()
            return before is not None and before.tail is not None and len(before.tail.strip()) > 8
        if parent.tag not in _INLINE:
            return False
        node = parent
    return False
