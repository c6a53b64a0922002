"""Pictures of the story."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.body.captions import caption_of
from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.fields.image_urls import image_url, is_no_picture, is_no_picture_path, picture_key
from newscrawler.extraction.fields.story_elements import story_elements
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.structured_data import as_list, first_text
from newscrawler.items import Image
from newscrawler.text import clean_line
from newscrawler.url_cleaning import absolute, path_of

_MAX_IMAGES = 40  # of a story; a longer gallery is cut
_SMALL = 90  # CSS pixels: below this a picture is an icon, an avatar or a tracker
_IMAGE_META = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
# Of an element's own style and class: not shown; a small copy that another one takes the place of.
_HIDDEN = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden", re.IGNORECASE)
_BLURRED = re.compile(r"thumb|blur|lqip|preview", re.IGNORECASE)
_PIXELS = re.compile(r"\s*(\d{1,5})(?:px)?\s*$")


def find_images(document: Document, body: BodyFound) -> Extracted[list[Image]]:
    """The story's pictures, the main one first; no logos, icons, trackers or other stories' teasers."""
    images: dict[str, Image] = {}
    orders = document.index.orders
    first = orders.get(body.elements[0], 0) if body.elements else 0
    leading = False
    blurred: set[str] = set()
    for element in story_elements(document, body, "img", "amp-img"):
        if len(images) >= _MAX_IMAGES:
            break
        if (found := _image(document, element)) and not document.template.is_shared_picture(
            picture_key(found[0]), element
        ):
            path, image = found
            leading = leading or (not images and orders[element] < first)
            key = picture_key(path)
            if key in images and key in blurred:
                images[key].url = image.url  # what loads in place of the blurred thumb before it
            images.setdefault(key, image)
            if _BLURRED.search(element.get("class") or ""):
                blurred.add(key)
            else:
                blurred.discard(key)
    main = _declared(document)
    if main is None:
        return Extracted(list(images.values()), "dom")
    image, source = main
    shown = images.pop(picture_key(path_of(image.url)), None)
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


def _image(document: Document, element: etree._Element) -> tuple[str, Image] | None:
    """A picture and the path of its URL; None for icons, avatars and trackers."""
    for side in ("width", "height"):
        if (value := element.get(side)) and 0 < _pixels(value) < _SMALL:
            return None
    if _HIDDEN.search(element.get("style") or "") and not element.get("data-src"):
        return None
    url = absolute(document.base_url, image_url(element))
    if url is None:
        return None
    path = path_of(url)
    if is_no_picture_path(path) or ((names := element.get("class")) and is_no_picture(names)):
        return None
    caption, credit = caption_of(element)
    alt = element.get("alt")
    return path, Image(url=url, alt=clean_line(alt) or None if alt else None, caption=caption, credit=credit)


def _pixels(value: str) -> int:
    if value.isdecimal() and len(value) < 6:
        return int(value)
    match = _PIXELS.match(value)
    return int(match[1]) if match else 0


def _declared(document: Document) -> tuple[Image, str] | None:
    """The main picture as the page declares it: og:image, else the JSON-LD image."""
    facts = document.facts
    template = document.template
    described = [
        value
        for value in facts.values("image")
        if value and not template.is_shared_value("image", _url_of(value))
    ]
    for reference in facts.meta(*_IMAGE_META):
        url = absolute(document.base_url, reference)
        if url and not template.is_shared_value("image", reference) and not is_no_picture_path(path_of(url)):
            alts = facts.meta("og:image:alt", "twitter:image:alt")
            key = picture_key(path_of(url))
            same = next(
                (
                    one
                    for one in described
                    if isinstance(one, dict) and picture_key(path_of(_url_of(one))) == key
                ),
                {},
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
        if url and not is_no_picture_path(path_of(url)):
            node = value if isinstance(value, dict) else {}
            return Image(url=url, caption=_fact(node, "caption"), credit=_fact(node, "creditText")), "json-ld"
    return None


def declared_images(document: Document) -> list[str]:
    """References of the pictures that a page declares as its main ones, as it writes them."""
    facts = document.facts
    described = [url for value in facts.values("image")[:2] if (url := _url_of(value))]
    return facts.meta(*_IMAGE_META)[:3] + described


def _url_of(value: Any) -> str:
    if isinstance(value, dict):
        value = next(iter(as_list(value.get("url") or value.get("contentUrl"))), "")
    return value if isinstance(value, str) else ""


def _fact(node: dict[str, Any], key: str) -> str | None:
    text = first_text(node.get(key))
    return text[:1000] if text else None
