"""Other forms of a story's address: its page to print, to share or as AMP, or with a parameter for one picture."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from newscrawler.discovery.urls.canonical_url import url_key

# Path segments, names and values of parameters by which content management systems mark such pages: Drupal's
# `/print/7`, Joomla's `?tmpl=component&print=1`, SPIP's `?page=print`, WordPress' `/amp/` and `?print=print`; and
# the same word in the languages that addresses are written in.
_PRINT = (
    "print printable printview printversion printpage printmode printer printerfriendly printer-friendly "
    "print-friendly print-view print-version print-page imprimer imprimir imprimible impression impresion imprimare "
    "stampa drucken druck druckansicht druckversion afdrukken utskrift skriv-ut tulosta drukuj tisk nyomtatas "
    "yazdir cetak"
)
_FORMS = frozenset([*_PRINT.split(), "amp", "pdf", "printpdf"])
_FORWARDING = frozenset(["share", "email", "e-mail", "emailpage", "tell-a-friend", "sendtofriend"])
_LAST = _FORMS | _FORWARDING
_FIRST = _FORMS - {"pdf", "impression", "druck", "printer"}  # names of sections too
_NAMES = (_FORMS | {"share", "isamp", "ampmode", "id_document"}) - {"impression"}
_PICTURE = "id_document="  # SPIP
_SEARCHES = frozenset(
    ["q", "s", "query", "search", "keyword", "keywords", "tag", "tags", "recherche", "suche"]
)
_OFF = frozenset(["0", "false", "no", "off", "n"])
# In every such address one of these begins a word, or the last segment is a script's name; most addresses have neither.
_HINT = re.compile(rf"[/.,;?&=_](?:{'|'.join(sorted({word[:4] for word in _LAST | _NAMES}))})")
_SCRIPT = re.compile(
    rf"(?:[a-z]+[_-]?)?(?:{'|'.join(_PRINT.split())})(?:[_-]?(?:article|news|story|page|view|version|item))?"
    r"\.(?:php\d?|aspx?|jsp|cgi|cfm|s?html?)"
)
_SUFFIX = re.compile(r"[.,;](?:amp|print|pdf)(?:\.s?html?)?$")
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")


@lru_cache(maxsize=1 << 12)  # each new link is asked about twice: as a candidate, and for its context
def is_print_form(url: str) -> bool:
    """True when the URL has the form of a page to print, to share, as PDF or AMP, or of one picture of a story.

    Such a page repeats a story that has an address of its own.
    """
    url = url.lower()
    if _HINT.search(url) is None:
        last = url.partition("#")[0].partition("?")[0].rpartition("/")[2]
        if "." not in last or _SCRIPT.fullmatch(last) is None:
            return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.netloc.partition(".")[0] in ("print", "amp"):
        return True
    segments = [segment for segment in parts.path.split("/") if segment]
    if segments:
        last = segments[-1]
        if last in _LAST and len(segments) > 1:
            return True
        if segments[0] in _FIRST and len(segments) > 1:
            return True
        if _SUFFIX.search(last) or _SCRIPT.fullmatch(last):
            return True
    return any(_is_form(part) for part in parts.query.split("&"))


def _is_form(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    if name in _NAMES:
        return value not in _OFF
    words = [value, *value.split("_", 2)[:2]] if value.count("_") < 2 else [value]  # `imprimir_articulo`
    return name not in _SEARCHES and not _LAST.isdisjoint(words)


def are_forms_of_one(one: str, other: str) -> bool:
    """True when two URLs of a site can be forms of one address: by the form alone, their pages may still differ.

    The one is the other with further parameters, or a print page of it.
    """
    path, parameters = _parts(one)
    other_path, others = _parts(other)
    if path == other_path and (parameters <= others or others <= parameters):
        return True
    return is_print_page_of(one, other) or is_print_page_of(other, one)


def is_print_page_of(url: str, page_url: str) -> bool:
    """True when `url` has a print form, made by a template of its own, and can be that of the page at `page_url`.

    They have a number in common that is no year, or a last segment. A parameter for one picture shows the page itself.
    """
    if not is_print_form(url) or is_print_form(page_url):
        return False
    if _PICTURE in url.lower():
        return False
    return not _marks(url).isdisjoint(_marks(page_url))


def _parts(url: str) -> tuple[str, set[str]]:
    """Path with host, and parameters, of a URL's key."""
    path, _, query = (url_key(url) or url).partition("?")
    return path, set(query.split("&")) - {""}


@lru_cache(maxsize=256)  # of a page that links to many such forms
def _marks(url: str) -> frozenset[str]:
    """Numbers of a URL's key that are no years, and the segments of its path that are slugs."""
    rest = (url_key(url) or url).partition("://")[2].partition("/")[2]
    marks = {number for number in _NUMBER.findall(rest) if not _YEAR.fullmatch(number)}
    return frozenset(
        marks | {segment for segment in rest.partition("?")[0].split("/") if segment.count("-") >= 2}
    )
