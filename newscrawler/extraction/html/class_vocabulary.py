"""Vocabulary of class, id and role names: words that site builders everywhere use.

A name is cut at anything but letters and at camelCase. Its words give two things: *hints* at what a box holds, which
the body classifier weighs, and *meanings*, by which fields and page regions are found. Both come from one reading, as
the bits of one number, kept from page to page: a site's pages share most of their names, and all sites most words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase

# Each line one hint. Words match whole or, marked with *, as a beginning; English rules class names on sites of
# every language, a few others are common. Two words of a name that follow each other match as one word, too.
_HINTS = (
    # 0 text of the story
    "article articlebody articlecontent articletext story storybody body content text entry post paragraph "
    "richtext rte main maincontent bodytext fulltext news artikel articulo noticia nota cuerpo texto testo "
    "artigo materia doc document prose copy detail details container wysiwyg markdown editor paragraph* txt",
    # 1 the text proper
    "articlebody storybody bodytext fulltext richtext rte paragraph paragraphs body copy prose articletext "
    "cuerpo entrycontent texto testo textcontent fliesstext corpo contenttext wysiwyg",
    # 2 readers' comments
    "comment* disqus discussion reply replies respond kommentar* commentaire* comentario* forum viafoura "
    "coral livefyre fyre",
    # 3 other stories
    "related recommend* recommended more readmore also popular trending mostread mostviewed latest similar "
    "suggest* suggested teaser* card cards outbrain taboola recirc* recirculation linkbox seealso next "
    "previous prev relacionad* correlat* aehnlich* verwandt* further mostpopular onward readnext carousel "
    "slider swiper headlines ranking morefrom morestories relacionadas crosslink*",
    # 4 sharing
    "share sharing social socialshare sharebar facebook twitter whatsapp follow addthis sharethis bookmark "
    "sociallinks shares like likes vote votes rating ratings react reaction* print tools toolbar actions action",
    # 5 pictures
    "caption captions credit credits image images img photo photos picture figure gallery slideshow legend "
    "bildunterschrift pic thumbnail thumb media video player bild foto fotos immagine lightbox copyright "
    "didascalia wp captiontext",
    # 6 who and when
    "author authors byline bylines meta metadata date time timestamp datetime published pubdate publish "
    "updated auteur autor autoren autore fecha datum signature writer contributor contributors dateline "
    "bio authorbio postmeta entrymeta info infos posted source location reporter firma",
    # 7 sign-up, walls, offers
    "newsletter* subscribe subscription* subscriber signup sign register registration login paywall premium "
    "piano regwall metered donate donation membership member abo offer offers cta email mail form optin "
    "consent cookie* gdpr privacy modal popup overlay banner notice disclaimer alert app download support",
    # 8 advertisement
    "ad ads advert advertisement advertising adslot adunit adbox sponsor* sponsored promo promotion promoted "
    "dfp gpt commercial anzeige werbung publicidad pub pubblicita marketing affiliate shop shopping product "
    "products buy deal deals",
    # 9 tags and topics
    "tag tags taglist topic topics keyword keywords category categories cat label labels schlagwort* "
    "etiquetas temas tagcloud section kicker rubric rubrique",
    # 10 the site's frame
    "nav navigation navbar menu menus breadcrumb breadcrumbs header head masthead footer foot sidebar side "
    "rail widget widgets topbar bottom skip search pagination pager toc colophon copyright legal logo brand "
    "rightcol leftcol aside secondary tertiary sitemap links link",
    # 11 the standfirst
    "lead lede standfirst subtitle subhead subheadline dek deck chapo vorspann entradilla bajada copete "
    "sommario sottotitolo headnote sapo ingress leadtext preamble anleser manchet undertitel subtitulo",
    # 12 the headline
    "title headline heading titre titulo titular titel titolo header hed pagetitle",
    # 13 quotes and inserted boxes
    "quote pullquote blockquote tweet embed embedded instagram box infobox factbox sidebar insert inset "
    "callout highlight highlights note aside zitat faktenbox infografik keypoints bullets takeaways wp",
    # 14 tabs, audio and reading aids
    "audio listen speech podcast play transcript readtime reading minutes font fontsize translate language "
    "lang accessibility sr screenreader hidden hide visuallyhidden offscreen assistive print noprint",
    # 15 corrections and endnotes
    "correction corrections footnote footnotes endnote clarification copyright disclosure editor editors "
    "note agency rights license",
    # 16 lists of stories
    "list listing item items feed archive grid river stream tile tiles wire ticker index col column columns "
    "module block sub",
    # 17 openings and descriptions, of this story or another
    "intro introduction summary* subheading excerpt abstract description occhiello teasertext synopsis resume "
    "einleitung lid",
)
# Words that fields and regions are found by, in the languages of sites; whole words, so that `stage` is no `tag`.
_MEANINGS = {
    "kicker": """
        kicker overline roofline rooftitle rutitr titrrou dachzeile spitzmarke topline eyebrow antetitulo
        volanta surtitre supertitle suptitle pretitle toptitle overtitle ontitr occhiello""",
    "author": """
        byline bylines author authors auteur autor autores autore autoren writer writers journalist reporter
        verfasser skribent forfatter yazar muhabir contributor contributors redakteur columnist signature firma
        szerzo nevisande""",
    "tags": """
        tag tags tagged taglist tagcloud topic topics keyword keywords themen thema stichworte stichwort
        schlagwort schlagworte schlagwoerter etiqueta etiquetas tema temas palabrasclave motscles etiketter
        barchasb""",
    "crumbs": """
        breadcrumb breadcrumbs crumb crumbs ariane migas brotkrumen rastro docsection""",
    "related": """
        related relacionadas relacionados relacionado relation featured recommend recommended recommendation
        recommendations recirc readmore readnext readalso morestories morenews morefrom moreon mostread
        mostviewed mostpopular alsoread alsolike popular trending similar verwandt verwandte meistgelesen
        lireaussi correlati correlate correlato upnext seealso nextstories suggested suggestions""",
    "comments": """
        comment comments disqus kommentar kommentare comentarios commentaires commenti yorum yorumlar""",
    "code": """
        docid infocode storycode newscode newsid storyid articleid""",
    "unseen": """
        sronly visuallyhidden screenreader screenreadertext hiddenvisually visibleonlytoscreenreaders""",
    "goods": """
        addtocart tocart tobag tobasket buynow productprice productform productgallery""",
}
# Words that the regions of a page are found by: see `regions.Region`.
_REGIONS = {
    "navigation": """
        nav navi navbar navigation subnav topnav mainnav sidenav topbar menu menus submenu menubar megamenu dropdown
        hamburger offcanvas breadcrumb breadcrumbs sitemap toolbar search searchform""",
    "header": """
        masthead""",
    "footer": """
        footer colophon""",
    "sidebar": """
        sidebar sidebars""",
    "related": """
        outbrain taboola teasers trending popular mostread mostviewed mostpopular recirc related
        recommendations""",
    "carousel": "carousel",
    "comments": _MEANINGS["comments"],
    "sharing": """
        share social sharing""",
    "advertising": """
        banner banners promo ads advertisement""",
    "sign-up": """
        login register signup subscribe newsletter newsletters respond""",
    "consent": """
        cookie cookies consent popup modal overlay""",
}
# First halves of words that are written apart as well (`read-more`, `docId`).
_FIRST_HALVES = """
    most also doc see lire palabras mots read more up next over roof top super pre sup eye by bread news story
    article info meist to buy product sr visually screen hidden"""
# Longer words match by their ends (`articletags`).
_ENDINGS = {
    b"tags": "tags",
    b"author": "author",
    b"byline": "author",
    b"breadcrumb": "crumbs",
    b"breadcrumbs": "crumbs",
}
_ENDS = tuple(_ENDINGS)
_ENDS_FROM = 9  # letters: shorter words match whole

AROUND = len(_HINTS)
HINTS = (1 << AROUND) - 1  # the bits of the hints
COMMENTS = 1 << 2
RELATED = 1 << 3
LEAD = 1 << 11
# The bit of each meaning, and of each region.
MEANINGS = {means: 1 << (AROUND + bit) for bit, means in enumerate(_MEANINGS)}
REGIONS = {region: 1 << (AROUND + len(_MEANINGS) + bit) for bit, region in enumerate(_REGIONS)}

_LONGEST_VALUE, _LONGEST_NAME = 1000, 80  # characters: longer ones are machine-made and give no bits
_MOST_KNOWN = 10_000  # values, and words, that are remembered
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# Bytes are cut into words several times faster than text is.
_APART = bytes(byte if chr(byte) in f"{ascii_lowercase}\n" else ord(" ") for byte in range(256))


def _exact() -> dict[bytes, int]:
    """The bits of whole words."""
    found: dict[bytes, int] = {}
    for bit, line in enumerate(_HINTS):
        for word in line.encode().split():
            if not word.endswith(b"*"):
                found[word] = found.get(word, 0) | 1 << bit
    for names, bits in ((_MEANINGS, MEANINGS), (_REGIONS, REGIONS)):
        for name, words in names.items():
            for word in words.encode().split():
                found[word] = found.get(word, 0) | bits[name]
    return found


def _beginnings() -> dict[bytes, int]:
    """The bits of beginnings of words."""
    found: dict[bytes, int] = {}
    for bit, line in enumerate(_HINTS):
        for word in line.encode().split():
            if word.endswith(b"*"):
                found[word[:-1]] = found.get(word[:-1], 0) | 1 << bit
    return found


def _compounds(exact: dict[bytes, int]) -> dict[bytes, dict[bytes, int]]:
    """First half of a word -> its second half -> the bits of the word: `article`, `body`.

    Of the words with a meaning, those of `_FIRST_HALVES` alone are written apart.
    """
    found: dict[bytes, dict[bytes, int]] = {}
    halves = frozenset(_FIRST_HALVES.encode().split())
    for word, bits in exact.items():
        for cut in range(2, len(word) - 1):
            first, second = word[:cut], word[cut:]
            if own := bits if first in halves else bits & HINTS:
                found.setdefault(first, {})[second] = own
    return found


_EXACT, _BEGINNINGS = _exact(), _beginnings()
_BEGIN = re.compile(b"|".join(sorted(_BEGINNINGS, reverse=True)))


_COMPOUNDS = _compounds(_EXACT)


@lru_cache(maxsize=_MOST_KNOWN)
def class_bits(value: str) -> int:
    """Bits of HINTS and of MEANINGS that the value of a class, id or role gives."""
    bits = 0
    if len(value) <= _LONGEST_VALUE:
        for name in value.split():
            if len(name) <= _LONGEST_NAME:
                following: dict[bytes, int] | None = None
                small = name if name.islower() else " ".join(_WORD.findall(name)).lower()
                for word in small.encode("ascii", "replace").translate(_APART).split():
                    own, begun = _word_bits(word)
                    bits |= own
                    if following is not None:
                        bits |= following.get(word, 0)
                    following = begun
    return bits


@lru_cache(maxsize=_MOST_KNOWN)
def _word_bits(word: bytes) -> tuple[int, dict[bytes, int] | None]:
    """The bits of a word of small letters, and the words that may follow it in a compound."""
    match = _BEGIN.match(word)
    bits = _EXACT.get(word, 0) | (_BEGINNINGS[match.group()] if match else 0)
    if len(word) >= _ENDS_FROM and word.endswith(_ENDS):
        for ending, means in _ENDINGS.items():
            if word.endswith(ending):
                bits |= MEANINGS[means]
    return bits, _COMPOUNDS.get(word)
