"""URL cleaning: tracking parameters removed, relative URLs made absolute, malformed ones refused. Pure."""

from __future__ import annotations

import re
from urllib.parse import unquote, unquote_plus, urljoin, urlsplit, urlunsplit

# Parameters of campaigns and referrers, which never choose the content. From the lists of ad blockers (AdGuard's
# tracking protection filter, Brave's query filter) and of the analytics vendors themselves.
TRACKING_PREFIXES = ("utm_", "at_", "ns_", "hsa_", "mtm_", "pk_", "piwik_", "matomo_", "stm_", "itm_", "__hs")
_PARAMETERS = """
    fbclid gclid gclsrc gbraid wbraid dclid msclkid yclid ysclid twclid ttclid igshid igsh li_fat_id epik
    rdt_cid scclid srsltid mc_cid mc_eid _ga _gl _ke _kx _hsenc _hsmi hsctatracking mkt_tok vero_id vero_conv
    oly_enc_id oly_anon_id wickedid rb_clickid s_cid s_kwcid cmpid cmp icid ncid ocid soc_src soc_trk sr_share
    smid smtyp ref_src ref_url referrer wt_mc wt_zmc xtor xtref xtcr ito ico cxrecs_s cx_testid cx_testvariant
    cx_artpos gaa_at gaa_n gaa_ts gaa_sig fb_action_ids fb_action_types fb_source fb_ref action_object_map
    action_type_map action_ref_map spm scm algo_expid algo_pvid guccounter guce_referrer guce_referrer_sig
    onwardjourney amp_js_v usqp mibextid sfnsn yptr tpcc taid trk trkcampaign sc_cid"""
TRACKING_PARAMETERS = frozenset(_PARAMETERS.split())
# Parameters that are tracking only when their value names a channel: elsewhere they may choose the content.
_CHANNEL_PARAMETERS = frozenset(
    {"ref", "r", "from", "source", "src", "via", "share", "partner", "mc", "medium"}
)
_CHANNELS = re.compile(
    r"^(rss|feeds?|atom|home(page)?|frontpage|newsletter|e?mail|push|app|social|share|twitter|x|facebook|fb|"
    r"instagram|linkedin|telegram|whatsapp|reddit|pinterest|flipboard|google(news)?|applenews|yahoo|msn|"
    r"(tw|fb|wa|tg|li)_?share|(rss|social|email|twitter|facebook)[-_]?(feed|share|link)?)$",
    re.IGNORECASE,
)
_SIMPLE = re.compile(r"https?://[\w.:-]+(?=[/?])", re.ASCII)
_SPACE = re.compile(r"[\t\r\n]+")


def strip_tracking(url: str) -> str:
    """The URL without tracking parameters and fragment; order and spelling of what stays are untouched.

    A fragment that is a route of its own (`#!/…`, `#/…`) stays.
    A URL that cannot be split comes back as given.
    """
    if "?" not in url and "#" not in url:
        return url
    if (
        "#" not in url and url.isprintable() and _SIMPLE.match(url)
    ):  # nothing that taking it apart would change
        head, _, query = url.partition("?")
        kept = "&".join([part for part in query.split("&") if part and not is_tracking(part)])
        return f"{head}?{kept}" if kept else head
    try:
        scheme, host, path, query, fragment = urlsplit(url)
    except ValueError:
        return url
    if query:
        query = "&".join(part for part in query.split("&") if part and not is_tracking(part))
    if not fragment.startswith(("!", "/")):
        fragment = ""
    return urlunsplit((scheme, host, path, query, fragment))


def is_tracking(parameter: str) -> bool:
    """True for a URL parameter (`name=value`) of a campaign or a referrer, which does not choose the content."""
    name, _, value = parameter.partition("=")
    name = (name if name.isidentifier() else unquote_plus(name).strip()).lower()
    if name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES):
        return True
    return name in _CHANNEL_PARAMETERS and bool(_CHANNELS.match(unquote_plus(value)))


def absolute(base: str, reference: str | None) -> str | None:
    """`reference` as an absolute http(s) URL without tracking; None when there is none or it is malformed."""
    reference = (reference or "").strip()
    if not reference or reference[0] == "#":
        return None
    # What most links look like needs no parsing: a whole URL, or a path from the site's root.
    if _WHOLE.match(reference):
        return strip_tracking(reference)
    if _ROOTED.match(reference) and (origin := _ORIGIN.match(base)):
        return strip_tracking(origin[0] + reference)
    reference = _SPACE.sub("", reference)
    if reference.lower().startswith(("javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        url = urljoin(base, reference)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            return None
    except ValueError:
        return None
    if "@" in parts.netloc:
        url = without_login(url)
    if " " in parts.netloc or not _HOST.match(parts.hostname):
        return None
    return strip_tracking(url.replace(" ", "%20"))


_WHOLE = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?:/(?!\.)[^\s.]*(?:\.(?!\.?/)[^\s.]+)*)?$", re.ASCII)
_ROOTED = re.compile(r"/(?![/.\\])[^\s.\\]*(?:\.(?!\.?/)[^\s.\\]+)*$")
_ORIGIN = re.compile(r"https?://[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?(?=[/?#]|$)", re.ASCII)
_PLAIN_HOST = re.compile(r"https?://([\w.-]+)(?=[/?#]|$)", re.ASCII)
_LOGIN = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://|//)[^/?#\\]*@")
_AUTHORITY = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/]*")
_HOST = re.compile(r"^[^\s<>\"'{}|\\^`%/]+$")


def without_login(url: str) -> str:
    """The URL without `user:password@`."""
    return _LOGIN.sub(r"\1", url, count=1) if "@" in url else url


def login_of(url: str) -> str | None:
    """`user:password` of a URL, as it is written but for its escapes; None when there is none."""
    try:
        login, at, _ = urlsplit(url).netloc.rpartition("@")
    except ValueError:
        return None
    return unquote(login) if at else None


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL (RFC 6454), `https://example.org:443`; empty when it is malformed."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}"


def host_of(url: str) -> str:
    """The lower-case host name of a URL; empty when there is none or the URL is malformed."""
    if plain := _PLAIN_HOST.match(url):
        return plain[1].lower()
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """The path of a URL, as it is written."""
    rest = url.partition("#")[0].partition("?")[0]
    host = _AUTHORITY.match(rest)
    return rest[host.end() :] if host else rest
