"""Other forms of a story's address: its page to print, to share or as AMP, or with a parameter for one picture."""

from __future__ import annotations

import re
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
_SEARCHES = frozenset(
    ["q", "s", "query", "search", "keyword", "keywords", "tag", "tags", "recherche", "suche"]
)
_OFF = frozenset(["0", "false", "no", "off", "n"])
_HINT = re.compile(
    "|".join(sorted({word[:5] for word in _LAST} | {"isamp", "id_document"}, key=len)), re.IGNORECASE
)
_SCRIPT = re.compile(
    rf"(?:[a-z]+[_-]?)?(?:{'|'.join(_PRINT.split())})(?:[_-]?(?:article|news|story|page|view|version|item))?"
    r"\.(?:php\d?|aspx?|jsp|cgi|cfm|s?html?)"
)
_SUFFIX = re.compile(r"[.,;](?:amp|print|pdf)(?:\.s?html?)?$")
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_print_form(url: str) -> bool:
    """True when the URL has the form of a page to print, to share, as PDF or AMP, or of one picture of a story.

    Such a page repeats a story that has an address of its own.
    """
    if not _HINT.search(url):
        return False
    try:
        parts = urlsplit(url.lower())
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

    Both have one path and the one has all parameters of the other and more; or one of them is a print form, and they
    have a number in common that is no year, or their last segment.
    """
    keys = url_key(one) or one, url_key(other) or other
    (path, _, query), (other_path, _, other_query) = (key.partition("?") for key in keys)
    if path == other_path:
        parameters, others = set(query.split("&")) - {""}, set(other_query.split("&")) - {""}
        if parameters <= others or others <= parameters:
            return True
    if is_print_form(one) == is_print_form(other):
        return False
    return not _marks(keys[0]).isdisjoint(_marks(keys[1]))


def _marks(key: str) -> set[str]:
    """Numbers of a key that are no years, and the last segment of its path that is a slug."""
    rest = key.partition("://")[2].partition("/")[2]
    marks = {number for number in _NUMBER.findall(rest) if not _YEAR.fullmatch(number)}
    return marks | {segment for segment in rest.partition("?")[0].split("/") if segment.count("-") >= 2}
