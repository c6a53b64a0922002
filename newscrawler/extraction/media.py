"""Pictures and videos of the story."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from newscrawler.extraction.body import BodyFound
from newscrawler.extraction.document import Document
from newscrawler.extraction.found import Found
from newscrawler.extraction.structured import as_list, first_text
from newscrawler.items import Image
from newscrawler.text import clean_line
from newscrawler.urls import absolute

_ALL_TEXT = etree.XPath("string()", smart_strings=False)
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
_NO_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:logo|icons?|favicon|avatars?|gravatar|sprites?|spacer|blank|transparent|placeholder|pixel|tracking|badge|"
    r"emoji|smil(?:ey|ies)|button|loader\w*|app-?icon|app-?store|google-?play|share|social|facebook|twitter|whatsapp|telegram|loading|spinner|1x1|captcha|ads?|banner|"
    r"authors?|autor(?:es|en)?|profile-?(?:pic\w*|images?)?|default-?(?:image|share|og)?|fallback)(?:[/_.-]|\d|$)"
    r"|\.svg(?:$|\?)|/pixel\b|doubleclick|scorecardresearch|googlesyndication|/count(?:er)?\.",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"related|recommend|teaser|sidebar|promo|newsletter|popular|trending|most-?read|author|avatar|byline|comment|share|social|"
    r"taboola|outbrain|advert|banner|footer|navbar|menu|logo",
    re.IGNORECASE,
)
_CREDIT_NAME = re.compile(
    r"credit|copyright|photographer|fotograf|bildquelle|quelle|rights|attribution|agency|source|crédit|autor-?foto|imgauthor",
    re.IGNORECASE,
)
_CAPTION_NAME = re.compile(
    r"caption|legend|bildunterschrift|bildtext|image-?(?:desc|text)|leyenda|pie-?(?:de-?)?foto|didascalia|bijschrift",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"[\s(\[|–—-]*(?:\b(?:photos?|fotos?|photograph|photographer|fotograf[ií]a?|bild(?:quelle|rechte|er)?|image|picture|credits?|"
    r"crédits?(?: photo)?|quelle|source|fuente|fonte|foto di|photo by|image by|photo credit|image credit|copyright|"
    r"illustration|grafik|graphic|фото|صورة|عکس|写真|사진|图片来源|图)\s*(?:by\b|von\b|:|：|©|/)\s*|©\s*)"
    r"(?P<name>[^()\[\]]{2,80})[)\]\s.]*$",
    re.IGNORECASE,
)
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


def find_images(document: Document, body: BodyFound) -> Found[list[Image]]:
    """The story's pictures, the main one first; no logos, icons, trackers or other stories' teasers."""
    images: dict[str, Image] = {}
    orders = document.index.orders
    first = orders.get(body.elements[0], 0) if body.elements else 0
    leading = False
    for element in _story_elements(document, body, "img", "amp-img"):
        if len(images) >= _MAX_IMAGES:
            break
        image = _image(document, element)
        if image is not None:
            leading = leading or (not images and orders[element] < first)
            images.setdefault(_key(image.url), image)
    main = _declared(document)
    if main is None:
        return Found(list(images.values()), "dom")
    image, source = main
    shown = images.pop(_key(image.url), None)
    if shown is None and leading and next(iter(images.values())).caption:
        # The page shows a captioned picture above the text: that one is meant, often a crop under another name.
        return Found(list(images.values()), "dom")
    if shown is not None:
        image = Image(
            url=image.url,
            alt=shown.alt or image.alt,
            caption=shown.caption or image.caption,
            credit=shown.credit or image.credit,
        )
    return Found([image, *images.values()], source)


def _story_elements(document: Document, body: BodyFound, *tags: str) -> Iterator[etree._Element]:
    """Elements of the given tags that stand between the headline and the end of the story's text."""
    orders = document.index.orders
    if body.elements:
        last = orders.get(body.elements[-1], 0)
        first = orders.get(body.elements[0], 0)
        headline = max(
            (order for one in document.index.by_tag["h1"][:20] if (order := orders.get(one, 0)) < first),
            default=first - 60,
        )
        start, end = max(headline - 40, 0), last + 12
    else:
        start, end = 0, len(orders)
    by_tag = document.index.by_tag
    between = [(order, one) for tag in tags for one in by_tag[tag] if start <= (order := orders[one]) <= end]
    for _, element in islice(sorted(between, key=itemgetter(0)), 300):
        if not _elsewhere(document, element):
            yield element


def _elsewhere(document: Document, element: etree._Element) -> bool:
    """Whether an element stands in the page's frame, in a block of other things, or links to another page."""
    for depth, above in enumerate(islice(element.iterancestors(), 64)):
        tag = above.tag
        if tag in ("nav", "aside", "footer") or (tag == "header" and above.find(".//h1") is None):
            return True
        if tag in ("article", "main", "body"):
            return False
        if tag == "a":
            target = absolute(document.base_url, above.get("href"))
            if target and not re.search(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", target, re.IGNORECASE):
                path = urlsplit(target).path
                if path not in (urlsplit(document.url).path, "") and not re.search(
                    r"gallery|photo|image|foto|bild", path
                ):
                    return True
        if depth < 6 and (_says_elsewhere(above.get("class")) or _says_elsewhere(above.get("id"))):
            return True
    return False


@lru_cache(maxsize=8192)
def _says_elsewhere(names: str | None) -> bool:
    return names is not None and bool(_ELSEWHERE.search(names[:500]))


def _image(document: Document, element: etree._Element) -> Image | None:
    width, height = _pixels(element.get("width")), _pixels(element.get("height"))
    if 0 < width < _SMALL or 0 < height < _SMALL:
        return None
    url = absolute(document.base_url, _address(element))
    if (
        url is None
        or _NO_PICTURE.search(urlsplit(url).path)
        or _NO_PICTURE.search(element.get("class") or "")
    ):
        return None
    caption, credit = _caption(element)
    return Image(url=url, alt=clean_line(element.get("alt") or "") or None, caption=caption, credit=credit)


def _pixels(value: str | None) -> int:
    match = re.match(r"\s*(\d{1,5})(?:px)?\s*$", value or "")
    return int(match[1]) if match else 0


def _address(element: etree._Element) -> str | None:
    """The picture's address: what lazy loading will load, else `src`, else the largest of a srcset."""
    for name in _SOURCES:
        if (value := (element.get(name) or "").strip()) and not value.startswith(("data:", "{")):
            return value
    source = (element.get("src") or "").strip()
    if source and not source.startswith("data:") and not _NO_PICTURE.search(source.rsplit("/", 1)[-1]):
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


def _caption(element: etree._Element) -> tuple[str | None, str | None]:
    """Caption and credit from the figure around a picture, or from an element beside it that is named for it."""
    for depth, above in enumerate(islice(element.iterancestors(), 64)):
        if above.tag == "figure":
            holder = next(above.iter("figcaption"), None)
            if holder is None:
                holder = _named(above, _says_caption)
            if holder is None and (credit := _named(above, _says_credit)) is not None:
                return None, _line(credit)
            return split_credit(holder) if holder is not None else (None, None)
        if depth > 3 or above.tag in ("body", "article", "main", "section"):
            break
        if (
            len(list(islice(above.iter("img"), 2))) == 1
            and (holder := _named(above, _says_caption)) is not None
        ):
            return split_credit(holder)
    return None, None


def _named(around: etree._Element, is_named: Callable[[str], bool]) -> etree._Element | None:
    for element in islice(around.iter("figcaption", "p", "div", "span", "small", "cite", "dd", "em"), 100):
        if any(
            is_named(names[:_LONGEST_NAME]) for name in ("class", "itemprop") if (names := element.get(name))
        ):
            return element
    return None


@lru_cache(maxsize=8192)
def _says_caption(names: str) -> bool:
    return _CAPTION_NAME.search(names) is not None


@lru_cache(maxsize=8192)
def _says_credit(names: str) -> bool:
    return _CREDIT_NAME.search(names) is not None


def _line(element: etree._Element) -> str | None:
    return clean_line(str(_ALL_TEXT(element)))[:1000] or None


def split_credit(holder: etree._Element) -> tuple[str | None, str | None]:
    """A caption element's caption and credit, each without the other."""
    text = _line(holder)
    if text is None:
        return None, None
    credit_element = next(
        (one for one in islice(holder.iter(etree.Element), 60) if one is not holder and _is_credit(one)), None
    )
    if credit_element is not None and (credit := _line(credit_element)):
        caption = text.replace(credit, " ", 1)
        return _tidy_caption(caption), _bare_credit(credit)
    return split_credit_text(text)


def _is_credit(element: etree._Element) -> bool:
    return any(
        _says_credit(names[:_LONGEST_NAME]) for name in ("class", "itemprop") if (names := element.get(name))
    )


def split_credit_text(text: str) -> tuple[str | None, str | None]:
    """`A bridge. (Photo: Jane Doe)` as (`A bridge.`, `Jane Doe`)."""
    match = _CREDIT.search(text)
    if match is None:
        return text or None, None
    return _tidy_caption(text[: match.start()]), clean_line(match["name"]).strip(" .,;:") or None


def _tidy_caption(text: str) -> str | None:
    return clean_line(text).strip(" |–—-([/") or None


def _bare_credit(credit: str) -> str | None:
    return split_credit_text(credit)[1] or credit.strip(" ()[]|")


def _declared(document: Document) -> tuple[Image, str] | None:
    """The main picture as the page declares it: og:image, else the JSON-LD image."""
    facts = document.facts
    described = [value for value in facts.values("image") if value]
    for reference in facts.meta(
        "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"
    ):
        url = absolute(document.base_url, reference)
        if url and not _NO_PICTURE.search(urlsplit(url).path):
            alts = facts.meta("og:image:alt", "twitter:image:alt")
            same = next(
                (one for one in described if isinstance(one, dict) and _key(_url_of(one)) == _key(url)), {}
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
        if url and not _NO_PICTURE.search(urlsplit(url).path):
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


def _key(url: str) -> str:
    """What the sizes of one picture have in common: the file's name without size, hash and extension."""
    try:
        path = unquote(urlsplit(url).path).split("?")[0].rstrip("/").lower()
    except ValueError:
        return url
    segments = path.split("/")
    name = segments[-1].rsplit(".", 1)[0]
    for _ in range(3):
        name = _SIZE.sub("", name)
    if len(name) < 5 or name in _COMMON_NAMES:
        return "/".join((*segments[-2:-1], name))
    return name


def find_videos(document: Document, body: BodyFound) -> Found[list[str]]:
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
    return Found(list(found), next(iter(found.values()), "dom"))
