"""What the class, id and role names of an element hint at: words that site builders everywhere use."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

# Each line one hint. A name is split at anything but letters and at camelCase; words match whole or, marked
# with *, as a beginning. English rules class names on sites of every language; a few others are common.
_WORDS = (
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
COUNT = len(_WORDS)
AROUND = COUNT
COMMENTS = 1 << 2
RELATED = 1 << 3
LEAD = 1 << 11

_EXACT: dict[str, int] = {}
_BEGINNINGS: dict[str, int] = {}
for _bit, _line in enumerate(_WORDS):
    for _word in _line.split():
        if _word.endswith("*"):
            _BEGINNINGS[_word[:-1]] = _BEGINNINGS.get(_word[:-1], 0) | 1 << _bit
        else:
            _EXACT[_word] = _EXACT.get(_word, 0) | 1 << _bit
_BEGIN = re.compile("|".join(sorted(_BEGINNINGS, key=len, reverse=True)))
_SPLIT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


@lru_cache(maxsize=8192)
def _bits_of(piece: str) -> int:
    """What one word hints at: class names differ from site to site, their words are mostly the same."""
    match = _BEGIN.match(piece)
    return _EXACT.get(piece, 0) | (_BEGINNINGS[match.group()] if match else 0)


@lru_cache(maxsize=8192)
def hints(names: str) -> int:
    """Bit set of what `names` (class, id, role) hint at."""
    found = 0
    for name in names[:300].split():
        pieces = [piece.lower() for piece in _SPLIT.findall(name)]
        for piece in pieces:
            found |= _bits_of(piece)
        for first, second in pairwise(pieces):
            found |= _EXACT.get(first + second, 0)
    return found
