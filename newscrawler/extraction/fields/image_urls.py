"""URLs of pictures: read from an element, compared without their size, distinguished from icons and trackers."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import unquote

from lxml import etree

_SOURCES = (
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-original-src",
    "data-url",
    "data-hi-res-src",
    "data-full-src",
    "data-image",
    "data-img-src",
)
# Of paths and names in small letters, the former with a slash before them: patterns that mind their case and begin
# with a letter of their own are several times faster.
_NO_PICTURE = re.compile(
    r"[/_.-](?:logo|icons?|favicon|avatars?|gravatar|sprites?|spacer|blank|transparent|placeholder|pixel|tracking|badge|"
    r"emoji|smil(?:ey|ies)|button|loader\w*|app-?icon|app-?store|google-?play|share|social|facebook|twitter|whatsapp|telegram|loading|spinner|1x1|captcha|ads?|banner|"
    r"authors?|autor(?:es|en)?|profile-?(?:pic\w*|images?)?|default-?(?:image|share|og)?|fallback)(?:[/_.-]|\d|$)"
)
_NO_PICTURE_FOLDER = re.compile(
    r"/(?:avatars?|gravatar|icons?|favicons?|emojis?|smil(?:ey|ie)s|sprites?|badges?|pixel|tracking|authors?)/"
)
_NO_PICTURE_URL = re.compile(
    r"\.svg(?:$|\?)|/pixel\b|doubleclick|scorecardresearch|googlesyndication|/count(?:er)?\."
)
# Ends of file names that tell one size of a picture from another, or its revision.
_SIZE = re.compile(
    r"(?:[-_]+(?:\d{2,4}x\d{2,4}|scaled|e\d{8,}|[whrm]?\d{3,4}(?:px)?|small|medium|large|big|full|retina|thumb(?:nail)?|"
    r"square|v?\d+_\d+|[0-9a-f]{12,}))$"
)
_MOST_SOURCES = 20  # of one picture
_LONGEST_SIZE = 200  # characters of such an end: the pattern takes the square of a run of hyphens
_COMMON_NAMES = frozenset(
    {"image", "original", "default", "index", "photo", "picture", "main", "full", "large", "master"}
)


def is_no_picture_path(path: str) -> bool:
    """True for the path of an icon, an avatar or a tracker: by the file's own name, and by folders of such files alone.

    Folders of all files have names of any kind: `/sites/default/files/`, `/social/`, `/share/`.
    """
    low = path.lower()
    name = low.rpartition("/")[2]
    patterns = ((_NO_PICTURE, f"/{name}"), (_NO_PICTURE_FOLDER, low), (_NO_PICTURE_URL, low))
    return any(pattern.search(text) for pattern, text in patterns)


def is_no_picture(name: str) -> bool:
    """True for the file name or class of an icon, an avatar or a tracker."""
    name = name.lower()
    return _NO_PICTURE.search(f"/{name}") is not None or _NO_PICTURE_URL.search(name) is not None


def image_url(element: etree._Element) -> str | None:
    """The URL of an `<img>`: what lazy loading will load, else `src`, else the largest of a srcset."""
    for name in _SOURCES:
        if (value := (element.get(name) or "").strip()) and not value.startswith(("data:", "{")):
            return value
    source = (element.get("src") or "").strip()
    if source and not source.startswith("data:") and not is_no_picture(source.rsplit("/", 1)[-1]):
        return source
    sets = [element.get("srcset"), element.get("data-srcset"), element.get("data-lazy-srcset")]
    for above in islice(element.iterancestors(), _MOST_SOURCES):
        if above.tag == "picture":
            sets += [one.get("srcset") or one.get("data-srcset") for one in above.iter("source")]
        if above.tag != "source":  # the parser puts an image into the sources before it, which are not closed
            break
    for candidates in sets:
        if candidates and (largest := _largest(candidates)):
            return largest
    return source or None


def _largest(srcset: str) -> str | None:
    """The URL of the widest candidate of a srcset (HTML Standard, 2.5.5)."""
    best: str | None = None
    width = -1.0
    for candidate in re.split(r",\s+", srcset.strip()[:8000]):
        parts = candidate.split()
        if not parts or parts[0].startswith("data:"):
            continue
        match = re.match(r"([\d.]+)[wx]$", parts[1]) if len(parts) > 1 else None
        size = float(match[1]) if match and match[1].count(".") < 2 and match[1] != "." else 0.0
        if size > width:
            best, width = parts[0], size
    return best


def picture_key(path: str) -> str:
    """The file name of a path without size, hash and extension: equal for all sizes of one picture."""
    if "%" in path:
        path = unquote(path).split("?")[0]
    segments = path.rstrip("/").lower().split("/")
    name = segments[-1].rsplit(".", 1)[0]
    for _ in range(3):
        shorter = name[:-_LONGEST_SIZE] + _SIZE.sub("", name[-_LONGEST_SIZE:])
        if len(shorter) == len(name):
            break
        name = shorter
    if len(name) < 5 or name in _COMMON_NAMES:
        return "/".join((*segments[-2:-1], name))
    return name
