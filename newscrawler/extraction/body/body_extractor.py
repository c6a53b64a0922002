"""The story's own text: the page's blocks of text, each judged by a trained model in its surroundings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.body.block_features import features
from newscrawler.extraction.body.body_classifier import BodyModel, body_model
from newscrawler.extraction.body.embedded_text import state_body, structured_body
from newscrawler.extraction.body.enclosed_parts import joined, with_enclosed_parts
from newscrawler.extraction.body.lead import find_lead, is_marked_lead
from newscrawler.extraction.body.notices import is_notice
from newscrawler.extraction.body.segmentation import FIGURE, Block, Box, segment
from newscrawler.extraction.body.structured_parts import declared_blocks, declared_lines
from newscrawler.extraction.body.text_container import headline_at
from newscrawler.extraction.body.unmarked_captions import is_unmarked_caption
from newscrawler.extraction.headline.title import TitleFound
from newscrawler.extraction.html.boilerplate import frames
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.printed_labels import LONGEST_LABEL, RELATED, label_of
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.text import clean_line

MIN_TEXT = 140  # characters: with less in the tree, scripts are looked into
ENOUGH = 1000  # characters of running text that are a story by themselves
SHORT, LONG = 80, 200  # characters: a line that may well occur twice, one that does not by chance
# Names of boxes beside the text, in small letters, and words of which one is in each.
_PICTURE = re.compile(r"caption|credit|(?:^|[ _-])(?:photo|image|picture)s?(?:[ _-]|$)")
_FACT_BOX = re.compile(r"(?:fact|info)-?box")
_FACTS, _PICTURED = 1, 2
_INSET_WORDS = ("box", "caption", "credit", "photo", "image", "picture")
_LONGEST_DESCRIPTION = 1000  # characters: each block is looked for in it
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CODE = re.compile(
    r"[;(!+\s]*(?:function\b|(?:var|let|const)\s+\w+\s*=|(?:window|document|jQuery|\$)[.(\[]|@media\b|[.#][\w-]+\s*\{|\{\")"
)


class BodyFound(NamedTuple):
    """The story's text: paragraphs joined by a blank line, `lead` apart where the page marks it as one.

    `elements` are the text blocks' elements in document order (empty when the text came out of a script).
    `container` is the innermost element that holds them all, None when there are none.
    `blocks` are all text blocks of the page in document order, `chosen` the places in it of the story's.
    `boilerplate` are blocks that other stories of the site have too, which are none of `blocks`.
    """

    text: str
    source: str
    lead: str | None
    lead_source: str
    elements: list[etree._Element]
    container: etree._Element | None = None
    blocks: tuple[Block, ...] = ()
    chosen: tuple[int, ...] = ()
    boilerplate: tuple[Block, ...] = ()


def rows_of(
    document: Document,
    selectors: Selectors,
    title: TitleFound,
    structured: str | None = None,
    parts: Sequence[str] | None = None,
) -> tuple[list[Block], list[list[float] | None], list[Block]]:
    """The page's own blocks, their features, and the blocks that are the site's boilerplate.

    `structured` and `parts`: what JSON-LD holds of the text, where it was read already.
    """
    structured = structured_body(document) if structured is None else structured
    parts = declared_lines(document) if parts is None else parts
    # The lines of a recipe may be anywhere.
    beside = set() if parts else _beside(document, selectors, title)
    blocks = segment(document.root, set(selectors.select(document.root, "remove")), beside)
    own, boilerplate = _without_boilerplate(document, blocks)
    rows = features(
        own, title.title or "", _description(document), " ".join(structured.split()), title.element
    )
    return own, rows, boilerplate


def find_body(
    document: Document, selectors: Selectors, title: TitleFound, model: BodyModel | None = None
) -> BodyFound:
    """The story's text; `text` is empty when the page has none. `model` other than the shipped one: to train."""
    parts = declared_lines(document)
    structured = structured_body(document)
    headline = title.title or ""
    blocks, rows, boilerplate = rows_of(document, selectors, title, structured, parts)
    model = model or body_model()
    sizes = [len(block.text) for block in blocks]
    chances = model.chances(rows, sizes)
    source = "dom"
    containers = selectors.select(document.root, "body")
    if containers:
        source = "profile"
        inside = _inside(blocks, set(containers))
        chosen = [at for at in inside if chances[at] >= model.profiled]
        for at in chosen:
            blocks[at].box.read()
        chosen = [at for at in chosen if not blocks[at].box.around & FIGURE]
        if not chosen:
            removed = set(selectors.select(document.root, "remove"))
            blocks = [block for box in containers for block in segment(box, removed)]
            chosen = [at for at, block in enumerate(blocks) if block.linked * 2 < len(block.text)]
    else:
        declared = declared_blocks(blocks, parts)
        limit = model.limit(chances, sizes)
        chosen = [at for at, chance in enumerate(chances) if chance >= limit or at in declared]
        chosen = _without_insets(blocks, with_enclosed_parts(blocks, chosen))
        chosen = _without_tickers(
            blocks, _without_repeats(blocks, chosen), headline_at(blocks, headline, title.element)
        )
        chosen = [at for at in chosen if not _is_beside(blocks[at])]
    if headline:
        chosen = [at for at in chosen if blocks[at].text != headline]
    lead, lead_source, lead_at = find_lead(document, selectors, blocks, chosen, headline)
    if lead is not None:
        chosen = [at for at in chosen if at != lead_at and blocks[at].text != lead]
    text = joined(blocks, chosen, [clean_line(blocks[at].text) for at in chosen])
    structured = structured or "\n\n".join(parts)
    if len(text) < MIN_TEXT or len(structured) > 3 * len(text):
        other, other_source = structured, "json-ld"
        if len(other) < MIN_TEXT:
            other, other_source = state_body(document), "state"
        if len(other) > max(len(text) * 2, MIN_TEXT):
            return BodyFound(
                other, other_source, lead, lead_source, [], None, tuple(blocks), (), tuple(boilerplate)
            )
    elements = list(dict.fromkeys(blocks[at].box.element for at in chosen))
    return BodyFound(
        text,
        source,
        lead,
        lead_source,
        elements,
        _container(blocks, chosen),
        tuple(blocks),
        tuple(chosen),
        tuple(boilerplate),
    )


def _without_boilerplate(document: Document, blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Blocks of the page's own, and those that other stories of its site have too.

    A page that has next to nothing of its own keeps what is not on most pages: a notice sent out several times, say.
    So does a marked standfirst: two stories may well begin with the same short sentence.
    """
    template = document.template
    if not template.known:
        return blocks, []

    def has(is_shared: Callable[..., bool], block: Block) -> bool:
        linked = 2 * block.linked > len(block.text)
        return is_shared(block.text, block.box.element, linked=linked, around=document.paths)

    for is_shared in (template.is_boilerplate, template.is_everywhere):
        shared = {
            block
            for block in blocks
            if has(is_shared, block) and (not is_marked_lead(block) or has(template.is_everywhere, block))
        }
        own = [block for block in blocks if block not in shared]
        if sum(len(block.text) for block in own) >= MIN_TEXT:
            break
    return own, [block for block in blocks if block in shared]


def _beside(document: Document, selectors: Selectors, title: TitleFound) -> set[etree._Element]:
    story = selectors.select(document.root, "body")
    if title.element is not None:
        story = [title.element, *story]
    return frames(document, story)


def _description(document: Document) -> str:
    for name in ("description", "og:description"):
        if contents := document.meta.get(name):
            return clean_line(contents[0][:_LONGEST_DESCRIPTION])
    return ""


def _without_insets(blocks: list[Block], chosen: list[int]) -> list[int]:
    """Lines in boxes named as a picture's or a fact box are out, unless they are much of the story."""
    known: dict[Box, int] = {}
    others = [at for at in chosen if not _is_inset(blocks[at].box, known)]
    if len(others) == len(chosen):
        return chosen
    size, rest = (sum(len(blocks[at].text) for at in places) for places in (chosen, others))
    return others if rest * 2 > size or rest > ENOUGH else chosen


def _without_repeats(blocks: list[Block], chosen: list[int]) -> list[int]:
    """Leave out long lines that occur more than once in a story that has enough lines of its own: teasers, notices.

    In a page that prints its story twice the first print counts.
    """
    counts = Counter([blocks[at].text for at in chosen])
    if len(counts) == len(chosen):
        return chosen
    own = [len(text) for text, count in counts.items() if count == 1 and len(text) >= SHORT]
    if sum(own) > ENOUGH and len(own) > 2:
        return [at for at in chosen if counts[blocks[at].text] == 1 or len(blocks[at].text) < LONG]
    seen: set[str] = set()
    kept = []
    for at in chosen:
        text = blocks[at].text
        if text not in seen or len(text) < LONG:
            kept.append(at)
            seen.add(text)
    return kept


def _is_beside(block: Block) -> bool:
    """True for a line among the story's own that the model takes for text and that is none."""
    return (
        _points_elsewhere(block)
        or _is_code(block.text)
        or is_notice(block.text)
        or is_unmarked_caption(block)
    )


def _is_code(text: str) -> bool:
    """True for a script or a style that some fault in the page's mark-up lets show."""
    return "{" in text and "}" in text and _CODE.match(text) is not None


def _points_elsewhere(block: Block) -> bool:
    """True for a printed label of other stories (`Read also`), alone or with links to them.

    The model takes some for text.
    """
    text = block.text
    if block.linked * 2 <= len(text) and len(text) > LONGEST_LABEL:
        return False
    label = label_of(text)
    return label is not None and label[0] in RELATED and (not label[1] or block.linked * 2 > len(text))


def _without_tickers(blocks: list[Block], chosen: list[int], headline: int) -> list[int]:
    """Items of a list above the headline are other stories, where enough text follows it."""
    items = {at for at in chosen if at < headline and blocks[at].box.tag == "li"}
    if items and sum(len(blocks[at].text) for at in chosen if at > headline) >= ENOUGH:
        return [at for at in chosen if at not in items]
    return chosen


def _is_inset(box: Box, known: dict[Box, int]) -> bool:
    """True when a box or one around it is named as an inset; `known` are the results of boxes, kept for the next."""
    if box.tag in _HEADINGS:
        return False
    near: Box | None = box
    for hop in range(4):
        if near is None:
            return False
        if near not in known:
            known[near] = _inset(near.element.get("class"))
        if (inset := known[near]) and (hop < 2 or inset & _FACTS):
            return True
        near = near.parent
    return False


def _inset(names: str | None) -> int:
    """The kinds of inset that a box is named as: the bits `_FACTS` and `_PICTURED`."""
    if not names:
        return 0
    names = names.lower()
    if not any(map(names.__contains__, _INSET_WORDS)):
        return 0
    return (_FACTS if _FACT_BOX.search(names) else 0) | (_PICTURED if _PICTURE.search(names) else 0)


def _inside(blocks: list[Block], containers: set[etree._Element]) -> list[int]:
    found = []
    for at, block in enumerate(blocks):
        box: Box | None = block.box
        while box is not None:
            if box.element in containers:
                found.append(at)
                break
            box = box.parent
    return found


def _container(blocks: list[Block], chosen: list[int]) -> etree._Element | None:
    if not chosen:
        return None
    box: Box | None = blocks[chosen[0]].box
    common = []
    while box is not None:
        common.append(box)
        box = box.parent
    start = 0
    places = {box: place for place, box in enumerate(common)}
    for at in chosen[1:]:
        box = blocks[at].box
        while box is not None and box not in places:
            box = box.parent
        if box is None:
            return None
        start = max(start, places[box])
    return common[start].element
