"""Languages as URLs name them: in the first segment of a path, or the first label of a host."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawler.hosts import registrable

# ISO 639-1, and the codes that sites use instead of one.
_LANGUAGE_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
    en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu
    ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na
    nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so
    sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    eng ara per fas pes urd fre fra ger deu spa esp rus tur chi cn jp ckb"""
_LANGUAGES = frozenset(_LANGUAGE_CODES.split())
_CODE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{2,4}|\d{3}))?", re.IGNORECASE)
_SAME = {"eng": "en", "ara": "ar", "per": "fa", "fas": "fa", "pes": "fa", "urd": "ur", "fre": "fr", "fra": "fr"} | {
    "ger": "de", "deu": "de", "spa": "es", "esp": "es", "rus": "ru", "tur": "tr", "chi": "zh", "cn": "zh", "jp": "ja"
}  # fmt: skip


def code_of(tag: str) -> str | None:
    """The language code that a tag stands for, its usual substitutes made one; None when it is none."""
    match = _CODE.fullmatch(tag.strip())
    if match is None:
        return None
    language = _SAME.get(match[1].lower(), match[1].lower())
    return f"{language}-{match[2].lower()}" if match[2] else language


@lru_cache(maxsize=4096)
def is_language(segment: str) -> bool:
    """True when a path segment or host label is a language code (ISO 639-1 or a usual substitute), region or not."""
    match = _CODE.fullmatch(segment)
    return match is not None and match[1].lower() in _LANGUAGES


def language_of_path(path: str) -> str | None:
    """The language that a path's first segment names."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return code_of(first) if is_language(first) else None


@lru_cache(maxsize=4096)
def language_of_host(host: str) -> str | None:
    """The language that a host's first label names, `www.` aside."""
    site = registrable(host)
    label = host.lower().removesuffix(site).strip(".").removeprefix("www.").split(".")[0]
    return code_of(label) if is_language(label) else None


def go_together(language: str, wanted: str) -> bool:
    """Whether two codes can mean one language: `en` and `en-gb` do, `en-us` and `en-gb` do not."""
    return language == wanted or language.startswith(wanted + "-") or wanted.startswith(language + "-")
