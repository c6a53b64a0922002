"""Pictures and videos of the story."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import unquote

from lxml import etree

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.fields.captions import caption_of
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.regions import Region
from newscrawler.extraction.html.structured_data import as_list, first_text
from newscrawler.items import Image
from newscrawler.text import clean_line
from newscrawler.url_cleaning import absolute, path_of

_MAX_IMAGES, _MAX_VIDEOS = 40, 20
_LONGEST_NAME = 500  # characters of a class attribute
_SMALL = 90  # CSS pixels: below this a picture is an icon, an avatar or a tracker
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
_NO_PICTURES_ADDRESS = re.compile(
    r"\.svg(?:$|\?)|/pixel\b|doubleclick|scorecardresearch|googlesyndication|/count(?:er)?\."
)
_ELSEWHERE = re.compile(
    r"related|recommend|teaser|sidebar|promo|newsletter|popular|trending|most-?read|author|avatar|byline|comment|share|social|"
    r"taboola|outbrain|advert|banner|footer|navbar|menu|logo"
)
_FRAME = frozenset({Region.NAVIGATION, Region.SIDEBAR, Region.HEADER, Region.FOOTER})
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)")
_PICTURE_PATH = re.compile(r"gallery|photo|image|foto|bild")
_PIXELS = re.compile(r"\s*(\d{1,5})(?:px)?\s*$")
# Ends of file names that tell one size of a picture from another, or its revision.
_SIZE = re.compile(
    r"(?:[-_]+(?:\d{2,4}x\d{2,4}|scaled|e\d{8,}|[whrm]?\d{3,4}(?:px)?|small|medium|large|big|full|retina|thumb(?:nail)?|"
    r"square|v?\d+_\d+|[0-9a-f]{12,}))$"
)
_COMMON_NAMES = frozenset(
    {"image", "original", "default", "index", "photo", "picture", "main", "full", "large", "master"}
)
_PLAYERS = re.compile(
    r"^(?:https?:)?//(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com/embed|youtu\.be|player\.vimeo\.com|dailymotion\.com/embed|"
    r"geo\.dailymotion\.com|players\.brightcove\.net|cdn\.jwplayer\.com|content\.jwplatform\.com|player\.twitch\.tv|"
    r"facebook\.com/plugins/video|rutube\.ru/play|vk\.com/video_ext|ok\.ru/videoembed|aparat\.com/video|rumble\.com/embed|"
    r"tiktok\.com/embed|streamable\.com|wistia\.|fast\.wistia|player\.bilibili\.com|ted\.com/talks|ivi\.ru)",
    re.IGNORECASE,
)


def find_images(document: Document, body: BodyFound) -> Extracted[list[Image]]:
    """The story's pictures, the main one first; no logos, icons, trackers or other stories' teasers."""
    images: dict[str, Image] = {}
    orders = document.index.orders
    first = orders.get(body.elements[0], 0) if body.elements else 0
    leading = False
    for element in _story_elements(document, body, "img", "amp-img"):
        if len(images) >= _MAX_IMAGES:
            break
        if found := _image(document, element):
            path, image = found
            leading = leading or (not images and orders[element] < first)
            images.setdefault(_key(path), image)
    main = _declared(document)
    if main is None:
        return Extracted(list(images.values()), "dom")
    image, source = main
    shown = images.pop(_key(path_of(image.url)), None)
    if shown is None and leading and next(iter(images.values())).caption:
        # The page shows a captioned picture above the text: that one is meant, often a crop under another name.
        return Extracted(list(images.values()), "dom")
    if shown is not None:
        image = Image(
            url=image.url,
            alt=shown.alt or image.alt,
            caption=shown.caption or image.caption,
            credit=shown.credit or image.credit,
        )
    return Extracted([image, *images.values()], source)


def _story_elements(document: Document, body: BodyFound, *tags: str) -> Iterator[etree._Element]:
    """Elements of the given tags that stand between the headline and the end of the story's text."""
    by_tag, orders = document.index.by_tag, document.index.orders
    if not any(by_tag[tag] for tag in tags):
        return
    if body.elements:
        last = orders.get(body.elements[-1], 0)
        first = orders.get(body.elements[0], 0)
        headline = max(
            (order for one in by_tag["h1"][:20] if (order := orders.get(one, 0)) < first),
            default=first - 60,
        )
        start, end = max(headline - 40, 0), last + 12
    else:
        start, end = 0, len(orders)
    place = orders.__getitem__
    between = [
        one
        for tag in tags
        for one in by_tag[tag][
            bisect_left(by_tag[tag], start, key=place) : bisect_right(by_tag[tag], end, key=place)
        ]
    ]
    surroundings = _Surroundings(document)
    for element in sorted(between, key=place)[:300]:
        if not surroundings.are_elsewhere(element):
            yield element


class _Surroundings:
    """What the elements around a page's pictures say of them; each is asked once, however many pictures it holds."""

    def __init__(self, document: Document) -> None:
        self._base = document.base_url
        self._path = path_of(document.url)
        self._regions = document.regions
        self._ends: dict[etree._Element, bool | None] = {}
        self._named: dict[etree._Element, bool] = {}

    def are_elsewhere(self, element: etree._Element) -> bool:
        """Whether an element stands in the page's frame, in a block of other things, or links to another page."""
        for depth, above in enumerate(islice(element.iterancestors(), 64)):
            if above in self._ends:
                end = self._ends[above]
            else:
                end = self._ends[above] = self._end(above)
            if end is not None:
                return end
            if depth < 6:
                if above in self._named:
                    named = self._named[above]
                else:
                    named = self._named[above] = _says_elsewhere(above)
                if named:
                    return True
        return False

    def _end(self, above: etree._Element) -> bool | None:
        """True when what is inside is elsewhere, False when it is content, None when the element leaves it open."""
        if regions := self._regions.own(above):
            if Region.CONTENT in regions:
                return False
            if not _FRAME.isdisjoint(regions):
                return True
        return True if above.tag == "a" and self._leads_away(above.get("href")) else None

    def _leads_away(self, href: str | None) -> bool:
        target = absolute(self._base, href)
        if not target or _PICTURE_FILE.search(target.lower()):
            return False
        path = path_of(target)
        return path not in (self._path, "") and not _PICTURE_PATH.search(path)


def _says_elsewhere(element: etree._Element) -> bool:
    for name in ("class", "id"):
        if (names := element.get(name)) and _ELSEWHERE.search(names[:_LONGEST_NAME].lower()):
            return True
    return False


def _image(document: Document, element: etree._Element) -> tuple[str, Image] | None:
    """A picture and the path of its address, None for what is none of a story's."""
    for side in ("width", "height"):
        if (value := element.get(side)) and 0 < _pixels(value) < _SMALL:
            return None
    url = absolute(document.base_url, _address(element))
    if url is None:
        return None
    path = path_of(url)
    if _is_no_picture(path) or ((names := element.get("class")) and _is_no_picture(names)):
        return None
    caption, credit = caption_of(element)
    alt = element.get("alt")
    return path, Image(url=url, alt=clean_line(alt) or None if alt else None, caption=caption, credit=credit)


def _pixels(value: str) -> int:
    if value.isdecimal() and len(value) < 6:
        return int(value)
    match = _PIXELS.match(value)
    return int(match[1]) if match else 0


def _is_no_picture(name: str) -> bool:
    """Whether a path, a file's name or a class is that of an icon, an avatar, a tracker."""
    name = name.lower()
    return _NO_PICTURE.search(f"/{name}") is not None or _NO_PICTURES_ADDRESS.search(name) is not None


def _address(element: etree._Element) -> str | None:
    """The picture's address: what lazy loading will load, else `src`, else the largest of a srcset."""
    for name in _SOURCES:
        if (value := (element.get(name) or "").strip()) and not value.startswith(("data:", "{")):
            return value
    source = (element.get("src") or "").strip()
    if source and not source.startswith("data:") and not _is_no_picture(source.rsplit("/", 1)[-1]):
        return source
    sets = [element.get("srcset"), element.get("data-srcset"), element.get("data-lazy-srcset")]
    parent = element.getparent()
    if parent is not None and parent.tag == "picture":
        sets += [one.get("srcset") or one.get("data-srcset") for one in parent.iter("source")]
    for candidates in sets:
        if candidates and (largest := _largest(candidates)):
            return largest
    return source or None


def _largest(srcset: str) -> str | None:
    """The address of the widest candidate of a srcset (HTML Standard, 2.5.5)."""
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


def _declared(document: Document) -> tuple[Image, str] | None:
    """The main picture as the page declares it: og:image, else the JSON-LD image."""
    facts = document.facts
    described = [value for value in facts.values("image") if value]
    for reference in facts.meta(
        "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"
    ):
        url = absolute(document.base_url, reference)
        if url and not _is_no_picture(path_of(url)):
            alts = facts.meta("og:image:alt", "twitter:image:alt")
            key = _key(path_of(url))
            same = next(
                (one for one in described if isinstance(one, dict) and _key(path_of(_url_of(one))) == key), {}
            )
            image = Image(
                url=url,
                alt=alts[0] if alts else None,
                caption=_fact(same, "caption"),
                credit=_fact(same, "creditText"),
            )
            return image, "opengraph"
    for value in described:
        url = absolute(document.base_url, _url_of(value))
        if url and not _is_no_picture(path_of(url)):
            node = value if isinstance(value, dict) else {}
            return Image(url=url, caption=_fact(node, "caption"), credit=_fact(node, "creditText")), "json-ld"
    return None


def _url_of(value: Any) -> str:
    if isinstance(value, dict):
        value = next(iter(as_list(value.get("url") or value.get("contentUrl"))), "")
    return value if isinstance(value, str) else ""


def _fact(node: dict[str, Any], key: str) -> str | None:
    text = first_text(node.get(key))
    return text[:1000] if text else None


def _key(path: str) -> str:
    """What the sizes of one picture have in common: the file's name without size, hash and extension."""
    if "%" in path:
        path = unquote(path).split("?")[0]
    segments = path.rstrip("/").lower().split("/")
    name = segments[-1].rsplit(".", 1)[0]
    for _ in range(3):
        shorter = _SIZE.sub("", name)
        if len(shorter) == len(name):
            break
        name = shorter
    if len(name) < 5 or name in _COMMON_NAMES:
        return "/".join((*segments[-2:-1], name))
    return name


def find_videos(document: Document, body: BodyFound) -> Extracted[list[str]]:
    """Absolute URLs of the story's videos."""
    found: dict[str, str] = {}

    def add(reference: Any, source: str) -> None:
        url = absolute(document.base_url, reference) if isinstance(reference, str) else None
        if url is not None and len(found) < _MAX_VIDEOS:
            found.setdefault(url, source)

    facts = document.facts
    for node in (
        *facts.values("video"),
        *(one for one in facts.nodes if "videoobject" in str(one.get("@type")).lower()),
    ):
        if isinstance(node, dict):
            add(next(iter(as_list(node.get("contentUrl") or node.get("embedUrl"))), None), "json-ld")
    for element in _story_elements(document, body, "video", "amp-video", "iframe", "amp-youtube"):
        if element.tag == "iframe":
            source = element.get("data-src") or element.get("data-lazy-src") or element.get("src") or ""
            if _PLAYERS.match(source.strip()):
                add(source, "dom")
        elif element.tag == "amp-youtube":
            if re.fullmatch(r"[\w-]{6,20}", code := element.get("data-videoid") or ""):
                add(f"https://www.youtube.com/embed/{code}", "dom")
        else:
            inner = next(element.iter("source"), None)
            add(
                element.get("src")
                or element.get("data-src")
                or (inner.get("src") if inner is not None else None),
                "dom",
            )
    if not found:
        for reference in facts.meta("og:video", "og:video:url", "og:video:secure_url")[:1]:
            add(reference, "opengraph")
    return Extracted(list(found), next(iter(found.values()), "dom"))
