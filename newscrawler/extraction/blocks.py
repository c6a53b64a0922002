"""A page as a row of text blocks: one walk over the tree, each line of running text once."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from lxml import etree

from newscrawler.extraction.class_names import AROUND, HINTS, said

_SKIP, _BREAK, _BLOCK, _LINK, _STRONG = range(1, 6)
# fmt: off
_PASSED_OVER = (
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "audio",
    "video", "canvas", "map", "select", "option", "datalist", "button", "textarea", "input", "head", "title",
    "meta", "link", "base", "area", "source", "track", "img", "picture", "progress", "meter", "dialog",
    "frameset", "noframes", "nav", "footer", "rt", "rp",
)
_BLOCK_LEVEL = (
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "thead",
    "tbody", "tfoot", "tr", "td", "th", "caption", "blockquote", "pre", "article", "section", "main", "aside",
    "header", "figure", "figcaption", "form", "fieldset", "legend", "address", "details", "summary", "center",
    "hr", "body", "html", "hgroup", "menu", "dir", "label", "amp-accordion", "amp-sidebar",
)
# fmt: on
_TAGS: dict[object, int] = {
    **dict.fromkeys(_PASSED_OVER, _SKIP),
    **dict.fromkeys(_BLOCK_LEVEL, _BLOCK),
    "br": _BREAK,
    "a": _LINK,
    "b": _STRONG,
    "strong": _STRONG,
}
_ALL_TAGS = _TAGS | dict.fromkeys(("nav", "footer"), _BLOCK)
MAX_DEPTH = 200  # deeper boxes count as part of the box around them
MAX_BLOCKS = 20_000

# Tags that say what a box is; bits of Box.around beside those of the class words.
_BOX_BITS = {
    tag: 1 << (AROUND + bit)
    for bit, tags in enumerate(
        (
            "nav menu dir",
            "footer",
            "header hgroup",
            "aside",
            "article",
            "main",
            "form fieldset label",
            "figure figcaption caption",
            "table",
            "ul ol dl",
            "blockquote",
            "section",
        )
    )
    for tag in tags.split()
}
_NAMING = frozenset(("class", "id", "itemprop", "role", "data-component", "data-testid"))
_HIDING = frozenset(("hidden", "aria-hidden", "style"))
FIGURE = _BOX_BITS["figure"]
HIDDEN = 1 << (AROUND + 12)
AROUND_BITS = AROUND + 13


class Box:
    """A block-level element that holds text: where it hangs and what its names say (bits of `class_names.HINTS`).

    `hints` are its own, `around` those of the boxes around it as well, with what their tags say. Both are read when
    they are first asked for: half of a page's boxes are far from the story and never are.
    """

    __slots__ = ("around", "depth", "element", "hints", "is_read", "parent", "tag")
    around: int
    hints: int

    def __init__(self, element: etree._Element, parent: Box | None) -> None:
        self.element = element
        self.parent = parent
        self.tag: str = element.tag
        self.depth: int = parent.depth + 1 if parent is not None else 0
        self.is_read = False

    def __getattr__(self, name: str) -> int:
        """Called for a slot that is not filled yet."""
        if name not in ("around", "hints"):
            raise AttributeError(name)
        self.read()
        return self.hints if name == "hints" else self.around

    def read(self) -> None:
        """Reads the names: for loops over many boxes that are not read, faster than to ask for them."""
        unread, box = [self], self.parent
        while box is not None and not box.is_read:
            unread.append(box)
            box = box.parent
        around = box.around if box is not None else 0
        for one in reversed(unread):
            bits, own = 0, _BOX_BITS.get(one.tag, 0)
            attributes: list[tuple[str, str]] = one.element.items()  # type: ignore[assignment]
            for attribute, value in attributes:
                if attribute in _NAMING:
                    bits |= said(value)
                elif attribute in _HIDING and _hides(attribute, value):
                    own |= HIDDEN
            bits &= HINTS
            around |= own | bits
            one.hints, one.around, one.is_read = bits, around, True


@lru_cache(maxsize=1024)
def _hides(name: str, value: str) -> bool:
    if name == "hidden":
        return True
    value = value.replace(" ", "").lower()
    if name == "aria-hidden":
        return value == "true"
    return "display:none" in value or "visibility:hidden" in value


class Block:
    """One line of running text: `text` with single spaces, `box` the block-level element that holds it.

    `linked` and `strong` count the characters inside links and bold type; `links` the links.
    """

    __slots__ = ("box", "broken", "linked", "links", "strong", "text")

    def __init__(self, text: str, box: Box, linked: int, links: int, strong: int, broken: bool) -> None:
        self.text = text
        self.box = box
        self.linked = linked
        self.links = links
        self.strong = strong
        self.broken = broken  # set apart by <br><br> only


def segment(root: etree._Element, removed: Collection[etree._Element] = ()) -> list[Block]:
    """The blocks of the subtree at `root` in document order; the elements in `removed` are left out.

    Navigation and page footers are passed over, unless the page then has next to no text: an unclosed `<nav>`
    swallows what follows it.
    """
    blocks = _walk(root, removed, _TAGS)
    if sum(len(block.text) for block in blocks if len(block.text) > 60) < 400:
        blocks = _walk(root, removed, _ALL_TAGS)
    return blocks


class _Line:
    """The line being gathered."""

    __slots__ = ("broken", "linked", "links", "pieces", "strong")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = self.links = self.strong = 0
        self.broken = False

    def flush(self, boxes: list[Box | etree._Element], link_at: int, strong_at: int) -> Block | None:
        pieces = self.pieces
        text = " ".join("".join(pieces).split())
        block = None
        if text:
            size = len(text)
            linked, strong = self.linked, self.strong
            if link_at >= 0:
                linked += sum(map(len, pieces[link_at:]))
            if strong_at >= 0:
                strong += sum(map(len, pieces[strong_at:]))
            box = boxes[-1]
            if not isinstance(box, Box):
                box = _box(boxes)
            block = Block(text, box, min(linked, size), self.links, min(strong, size), self.broken)
        pieces.clear()
        self.linked = self.links = self.strong = 0
        return block


def _walk(root: etree._Element, removed: Collection[etree._Element], tags: dict[object, int]) -> list[Block]:
    blocks: list[Block] = []
    line = _Line()
    pieces = line.pieces
    flush = line.flush
    boxes: list[Box | etree._Element] = [root]
    breaks = 0
    link_at = strong_at = -1  # where in pieces the open link or bold type starts
    opened: list[tuple[etree._Element, int, bool]] = [(root, _BLOCK, False)]
    if root.text:
        pieces.append(root.text)
    # From sibling to sibling: an iterator for each element would take twice the time.
    child = root[0] if len(root) else None
    while True:
        if child is not None:
            what = tags.get(child.tag, 0)
            if what == _SKIP or (removed and child in removed):
                pass
            elif what == _BREAK:
                breaks += 1
                if breaks > 1 and pieces:
                    if block := flush(boxes, link_at, strong_at):
                        blocks.append(block)
                    link_at, strong_at = min(link_at, 0), min(strong_at, 0)
                    line.broken = True
                elif pieces:
                    pieces.append("\n")
            else:
                boxed = False
                if what == _BLOCK:
                    if pieces:
                        if block := flush(boxes, link_at, strong_at):
                            blocks.append(block)
                        link_at, strong_at = min(link_at, 0), min(strong_at, 0)
                    line.broken = False
                    breaks = 0
                    if len(boxes) < MAX_DEPTH:
                        boxes.append(child)
                        boxed = True
                elif what == _LINK:
                    line.links += 1
                    link_at = len(pieces)
                elif what == _STRONG:
                    strong_at = len(pieces)
                if text := child.text:
                    if breaks and not text.isspace():
                        breaks = 0
                    if pieces or not text.isspace():
                        pieces.append(text)
                if len(child):
                    opened.append((child, what, boxed))
                    child = child[0]
                    continue
                if what:
                    if what == _BLOCK:
                        if pieces:
                            if block := flush(boxes, link_at, strong_at):
                                blocks.append(block)
                            link_at, strong_at = min(link_at, 0), min(strong_at, 0)
                        if boxed:
                            boxes.pop()
                    elif what == _LINK:
                        line.linked += sum(map(len, pieces[link_at:]))
                        link_at = -1
                    else:
                        line.strong += sum(map(len, pieces[strong_at:]))
                        strong_at = -1
        else:
            child, what, boxed = opened.pop()
            if what:
                if what == _BLOCK:
                    if pieces:
                        if block := flush(boxes, link_at, strong_at):
                            blocks.append(block)
                        link_at, strong_at = min(link_at, 0), min(strong_at, 0)
                    line.broken = False
                    breaks = 0
                    if boxed:
                        boxes.pop()
                elif what == _LINK:
                    line.linked += sum(map(len, pieces[link_at:]))
                    link_at = -1
                else:
                    line.strong += sum(map(len, pieces[strong_at:]))
                    strong_at = -1
            if not opened or len(blocks) > MAX_BLOCKS:
                break
        if text := child.tail:
            if breaks and not text.isspace():
                breaks = 0
            if pieces or not text.isspace():
                pieces.append(text)
        child = child.getnext()
    return blocks


def _box(boxes: list[Box | etree._Element]) -> Box:
    """The innermost open box; boxes are only built once there is text in them."""
    at = len(boxes) - 1
    while at >= 0 and not isinstance(boxes[at], Box):
        at -= 1
    found = boxes[at] if at >= 0 else None
    box = found if isinstance(found, Box) else None
    for place in range(at + 1, len(boxes)):
        element = boxes[place]
        if not isinstance(element, Box):
            box = boxes[place] = Box(element, box)
    if box is None:
        raise ValueError("no open box")
    return box
