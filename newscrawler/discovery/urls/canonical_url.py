"""Which URLs are one page, by rule."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

from w3lib.url import canonicalize_url

from newscrawler.discovery.urls.twin_hosts import folded_host
from newscrawler.url_cleaning import is_tracking, strip_tracking, without_login

MAX_LENGTH = 2000  # characters; longer URLs are never stories, browsers and sitemaps stop there too

# Needs no canonicalisation: most links of a page.
_PLAIN_ORIGIN = re.compile(r"https?://([a-z0-9.-]+)(?::(\d+))?", re.ASCII)
_PLAIN_PATH = re.compile(r"([A-Za-z0-9._~!$&'()*+,:=@/%-]*)(?:\?([A-Za-z0-9_.~=&-]*))?", re.ASCII)
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9_.~=&-]*", re.ASCII)
_ESCAPED = re.compile(r"(?:[^%]|%[89A-F][0-9A-F])*")  # of no character that needs no escape
_BEYOND_ASCII = re.compile(r"(?:[^%]|%[89A-Fa-f][0-9A-Fa-f])*")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_UNESCAPED = re.compile(r"[^\x00-\x7f]+")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php\d?|aspx?|jsp|shtml|cfm)$", re.IGNORECASE)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*", re.IGNORECASE)
_SLASHES = re.compile(r"//+")
# URL parameters that choose how, not what, is shown: with any value, or with these values.
_ANYHOW = (
    "share replytocom showcomment comment commentid nomobile showmobile mobileaction isamp ampmode ref referer "
    "phpsessid jsessionid aspsessionid sessionid session_id cfid cftoken zenid osclsid"
)
_SHOWN: dict[str, re.Pattern[str] | None] = {
    name: re.compile(values, re.IGNORECASE)
    for name, values in {
        "amp": r"|1|true|amp",
        "outputtype": r"amp|print|mobile",
        "output": r"amp|print",
        "format": r"amp|print|mobile",
        "view": r"amp|print|mobile|desktop",
        "mode": r"amp|print",
        "tmpl": r"print|component",
        "print": r"|1|true|yes|y|print|pdf",
        "printable": r"|1|true|yes",
        "mobile": r"|1|true|yes",
        "display": r"amp|print|mobile",
    }.items()
} | dict.fromkeys(_ANYHOW.split())
_SESSION_ID = re.compile(r"[0-9a-f]{26,64}", re.IGNORECASE)
TWIN_SEGMENTS = frozenset({"print", "printable", "share", "email", "comments", "mobile"})
_STORYLIKE = re.compile(r"\d{4,}|(?:[^/-]+-){3}")


def split_url(url: str) -> SplitResult | None:
    """The parts of an http(s) URL with a host; None for anything else. Never raises."""
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass
    return None


def joined(base: str, reference: str | None) -> str | None:
    """`reference` as an absolute http(s) URL, nothing taken from it; None when there is none or it is malformed."""
    reference = (reference or "").strip()
    try:
        address = urljoin(base, reference) if reference else ""
    except ValueError:
        return None
    return without_login(address) if split_url(address) is not None else None


def url_key(url: str) -> str | None:
    """One key for every URL of the same page; it has the form of a URL, and is its own key.

    Canonical by w3lib (RFC 3986 normalisation, sorted query), then without scheme differences, `www.`, default
    ports, tracking, session and presentation parameters, fragment, `index.html`, trailing slash, and the marks
    of AMP, print, mobile and share twins. None for what is not an http(s) URL of at most `MAX_LENGTH`
    characters. Never raises.
    """
    if len(url) > MAX_LENGTH:
        return None
    written = url if url.isascii() and "%" not in url else _escaped(url)
    cut = written.find("/", 8)
    if cut > 0 and (plain := _PLAIN_PATH.fullmatch(written, cut)) is not None:
        path, query = plain.groups()
        origin = _plain_origin(written[:cut], path == "/")
        if origin is not None and "/." not in path and ("%" not in path or _ESCAPED.fullmatch(path)):
            return _key(origin, path, _plain_query(query) if query else "")
    try:
        parts = split_url(canonicalize_url(strip_tracking(url.strip())))
    except (ValueError, UnicodeError):
        return None
    if parts is None or not parts.hostname:
        return None
    origin = _origin(parts.hostname, parts.port, parts.path in ("", "/"))
    return None if origin is None else _key(origin, parts.path, _shown(parts.query))


def _escaped(url: str) -> str:
    """The URL with the characters beyond ASCII of its path written as w3lib does; as given where more is to be done."""
    before, mark, query = url.partition("?")
    cut = before.find("/", 8)
    path = before[cut:]
    if cut < 0 or "#" in path or url[-1].isspace() or ("%" in path and not _BEYOND_ASCII.fullmatch(path)):
        return url
    path = _ESCAPES.sub(lambda run: run[0].upper(), path)
    if not path.isascii():
        try:
            path = _UNESCAPED.sub(lambda run: "%" + run[0].encode().hex("%").upper(), path)
        except UnicodeEncodeError:
            return url
    return f"{before[:cut]}{path}{mark}{query}"


@lru_cache(maxsize=4096)
def _plain_origin(origin: str, front: bool) -> str | None:
    """The key's beginning for an origin that needs no canonicalisation; None for any other."""
    plain = _PLAIN_ORIGIN.fullmatch(origin)
    if plain is None or not 0 < int(plain[2] or 80) < 65_536:
        return None
    return _origin(plain[1], int(plain[2] or 80), front)


def _origin(host: str, port: int | None, front: bool) -> str | None:
    folded = folded_host(host, front)
    if folded is None:
        return None
    return f"https://{folded}" if port in (None, 80, 443) else f"https://{folded}:{port}"


def _plain_query(query: str) -> str:
    """A query of plain characters as w3lib would write it, sorted, every name with its sign of equality; without what
    chooses how, not what, is shown."""
    parts = [part for part in query.split("&") if part and not is_tracking(part)]
    if len(parts) == 1 and query.count("=") == 1:
        return _shown(parts[0] if "=" in parts[0] else f"{parts[0]}=")
    pairs = sorted([part.partition("=") for part in parts])
    return _shown("&".join([f"{name}={value.replace('=', '%3D')}" for name, _, value in pairs]))


def query_of_key(query: str) -> str | None:
    """The query of the key of a URL with this one; None where it has other than plain characters."""
    return _plain_query(query) if _PLAIN_QUERY.fullmatch(query) else None


def _shown(query: str) -> str:
    """A canonical query without what chooses how, not what, is shown."""
    if not query or query in ("m=1", "m=0"):
        return ""
    return "&".join([part for part in query.split("&") if part and not _is_presentation(part)])


def _key(origin: str, path: str, query: str) -> str:
    key = origin + _folded_path(path)
    return f"{key}?{query}" if query else key


def _folded_path(path: str) -> str:
    """Until nothing changes, so that a key is its own key."""
    if ";" in path:
        path = _SESSION_PATH.sub("", path)
    if "//" in path:
        path = _SLASHES.sub("/", path)
    path = path.rstrip("/")
    low = path.lower()
    last = low[low.rfind("/") + 1 :]
    if not (
        low.endswith(("amp", ".amp.html"))
        or last in TWIN_SEGMENTS
        or last.startswith(("index.", "default."))
        or low.startswith(("/amp/", "/print/"))
    ):
        return path
    for _ in range(8):
        before = path
        path = _INDEX.sub("", path.rstrip("/"))
        low = path.lower()
        if low.endswith(("/amp", ".amp")):
            if "/" in low[1:]:
                path = path[:-4]
        elif low.endswith(".amp.html"):
            path = path[:-9] + ".html"
        elif low.startswith("/amp/") and len(low) > 5:
            path = path[4:]
        else:
            head, _, last = path.rpartition("/")
            if last.lower() in TWIN_SEGMENTS and _STORYLIKE.search(head):
                path = head
            elif low.startswith("/print/") and _STORYLIKE.search(path):
                path = path[6:]
        if path == before:
            break
    return path


def _is_presentation(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    name = name.lower()
    if name in _SHOWN:
        values = _SHOWN[name]
        return values is None or bool(values.fullmatch(value))
    return name in ("sid", "s") and bool(_SESSION_ID.fullmatch(value))
