"""A page as a row of text blocks: one walk over the tree, each line of running text once."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from lxml import etree

from newscrawler.extraction.html.class_vocabulary import AROUND, HINTS, class_bits
from newscrawler.text import single_spaced

_SKIP, _BREAK, _BLOCK, _LINK, _STRONG = range(1, 6)
# fmt: off
_PASSED_OVER = (
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "audio",
    "video", "canvas", "map", "select", "option", "datalist", "button", "textarea", "input", "title",
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
_WITH_FRAMES = _TAGS | dict.fromkeys(("nav", "footer"), _BLOCK)
# A box that is left open in a menu's button keeps the parser in the button until the page ends.
_WITH_BUTTONS = _WITH_FRAMES | {"button": _BLOCK}
# A button in or around one of these is a question that opens its answer, not a control.
_ASKING = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt"))
MAX_DEPTH = 200  # deeper boxes count as part of the box around them
MAX_BLOCKS = 10_000

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
    """A block-level element that holds text: its place in the tree and its names (bits of `HINTS`).

    `hints` are its own, `around` those of the boxes around it as well, with what their tags say. They are there after
    `read()`: half of a page's boxes are far from the story and never are read.
    """

    __slots__ = ("around", "depth", "element", "hints", "is_read", "parent", "tag")

    def __init__(self, element: etree._Element, parent: Box | None) -> None:
        self.element = element
        self.parent = parent
        self.tag: str = element.tag
        self.depth: int = parent.depth + 1 if parent is not None else 0
        self.is_read = False
        self.hints = self.around = 0

    def read(self) -> None:
        """Reads the names of a box and of those around it, once."""
        if self.is_read:
            return
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
                    bits |= class_bits(value)
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


def segment(
    root: etree._Element,
    removed: Set[etree._Element] = frozenset(),
    frames: Set[etree._Element] = frozenset(),
) -> list[Block]:
    """The blocks of the subtree at `root` in document order; the elements in `removed` are left out.

    Navigation, page footers and `frames`, elements that are named as such, are passed over, unless the page then has
    next to no text: an unclosed `<nav>` swallows what follows it. So are buttons.
    """
    for left_out, tags in ((removed | frames, _TAGS), (removed, _WITH_FRAMES), (removed, _WITH_BUTTONS)):
        blocks = _walk(root, left_out, tags)
        if sum(len(block.text) for block in blocks if len(block.text) > 60) >= 400:
            break
    return blocks[:MAX_BLOCKS]


class _Line:
    """The line being gathered: its pieces, and the characters and places of links and bold type in it."""

    __slots__ = ("boxes", "broken", "link_at", "linked", "links", "pieces", "strong", "strong_at")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.boxes: list[Box] = []
        self.linked = self.links = self.strong = 0
        self.link_at = self.strong_at = -1  # where in pieces the open link or bold type starts
        self.broken = False

    def flush(self, opened: list[etree._Element], blocks: list[Block]) -> None:
        """Ends the line: it becomes a block where it has text. `opened` are the open block-level elements."""
        pieces = self.pieces
        text = single_spaced("".join(pieces))
        if text:
            size = len(text)
            linked, strong = self.linked, self.strong
            if self.link_at >= 0:
                linked += sum(map(len, pieces[self.link_at :]))
            if self.strong_at >= 0:
                strong += sum(map(len, pieces[self.strong_at :]))
            blocks.append(
                Block(
                    text,
                    _box(opened, self.boxes),
                    linked if linked < size else size,
                    self.links,
                    strong if strong < size else size,
                    self.broken,
                )
            )
        pieces.clear()
        self.linked = self.links = self.strong = 0
        if self.link_at > 0:
            self.link_at = 0
        if self.strong_at > 0:
            self.strong_at = 0

    def close(self, what: int) -> None:
        """Ends a link or bold type."""
        if what == _LINK:
            if self.link_at < len(self.pieces):
                self.linked += sum(map(len, self.pieces[self.link_at :]))
            self.link_at = -1
        else:
            if self.strong_at < len(self.pieces):
                self.strong += sum(map(len, self.pieces[self.strong_at :]))
            self.strong_at = -1


def _walk(root: etree._Element, removed: Set[etree._Element], tags: dict[object, int]) -> list[Block]:
    blocks: list[Block] = []
    line = _Line()
    pieces = line.pieces
    opened = [root]  # the open block-level elements
    breaks = 0
    above: list[tuple[etree._Element, int]] = [(root, _BLOCK)]
    if root.text:
        pieces.append(root.text)
    # From sibling to sibling: an iterator for each element would take twice the time.
    child = root[0] if len(root) else None
    while True:
        if child is not None:
            what = tags.get(child.tag, 0)
            if what == _SKIP and child.tag == "button" and _asks(child):
                what = 0
            if what == _SKIP or (removed and child in removed):
                pass
            elif what == _BREAK:
                breaks += 1
                if pieces:
                    if breaks > 1:
                        line.flush(opened, blocks)
                        line.broken = True
                    else:
                        pieces.append("\n")
            else:
                if what == _BLOCK:
                    if pieces:
                        line.flush(opened, blocks)
                    line.broken = False
                    breaks = 0
                    opened.append(child)
                elif what == _LINK:
                    line.links += 1
                    line.link_at = len(pieces)
                elif what == _STRONG:
                    line.strong_at = len(pieces)
                if text := child.text:
                    if not text.isspace():
                        breaks = 0
                        pieces.append(text)
                    elif pieces:
                        pieces.append(text)
                if len(child):
                    above.append((child, what))
                    child = child[0]
                    continue
                if what == _BLOCK:
                    if pieces:
                        line.flush(opened, blocks)
                    opened.pop()
                elif what:
                    line.close(what)
        else:
            child, what = above.pop()
            if what == _BLOCK:
                if pieces:
                    line.flush(opened, blocks)
                line.broken = False
                breaks = 0
                opened.pop()
            elif what:
                line.close(what)
            if not above or len(blocks) > MAX_BLOCKS:
                break
        if text := child.tail:
            if not text.isspace():
                breaks = 0
                pieces.append(text)
            elif pieces:
                pieces.append(text)
        child = child.getnext()
    return blocks


def _asks(button: etree._Element) -> bool:
    above = button.getparent()
    return (above is not None and above.tag in _ASKING) or (len(button) > 0 and button[0].tag in _ASKING)


def _box(opened: list[etree._Element], boxes: list[Box]) -> Box:
    """The box of the innermost open block-level element; boxes are only built once there is text in them.

    `boxes` are those of the last call: what is no longer open is taken off, what is missing built.
    """
    count = min(len(opened), MAX_DEPTH)
    while boxes and (len(boxes) > count or boxes[-1].element is not opened[len(boxes) - 1]):
        boxes.pop()
    box = boxes[-1] if boxes else None
    for element in opened[len(boxes) : count]:
        box = Box(element, box)
        boxes.append(box)
    if box is None:
        raise ValueError("no open box")
    return box
