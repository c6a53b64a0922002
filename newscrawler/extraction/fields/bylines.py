"""Who a page prints as its story's authors: bylines about the text, signatures, author cards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.dates.printed import parse_printed
from newscrawler.extraction.fields.person_names import (
    is_button,
    is_person,
    is_preposition,
    people_of,
    split_byline,
)
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.regions import Region, Regions
from newscrawler.extraction.html.text_content import line_of
from newscrawler.text import clean_line

_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:es|en|in|a)?|auteurs?|autore|by|profiles?|people|person|staff|team|reporters?|journalists?|"
    r"redaktion|verfasser|contributors?|columnists?|writers?|bio|av|forfatter|skribent|yazar(?:lar)?|author-.*)(?:/|-|\?|$)",
    re.IGNORECASE,
)
# A line that begins a byline: the name follows in the same text, or in an element after it. Of the prepositions of
# `name_words` only those that begin no line of prose (`de`, `от`, `na` do).
_BYLINE = re.compile(
    r"\W{0,3}(?:by|von|par|por|di|af|av|door|text|نوشته|بقلم|автор|yazan|oleh|"
    r"(?:written|reported|posted|published|story|words|text|article|reporting) by|"
    r"(?:ein (?:artikel|beitrag|kommentar|gastbeitrag)|eine? (?:analyse|kolumne|rezension|reportage)|verfasst|"
    r"geschrieben|veröffentlicht|erstellt) von|(?:écrit|publié|rédigé) par|(?:escrito|publicado) por|"
    r"(?:scritto|pubblicato) da|a cura di|skrevet a[fv]|skriven av|(?:geschreven|geplaatst) door)"
    r"\s*:?(?:\s+\S|\s*$)",
    re.IGNORECASE,
)
_FRAME = frozenset({Region.NAVIGATION, Region.FIGURE})
_NOT_TEXT = _FRAME | {Region.FOOTER}
# People who are named in these wrote something else.
_OTHERS = frozenset({Region.COMMENTS, Region.RELATED, Region.CAROUSEL, Region.SIDEBAR})
# Classes of microformats: a card, whose it is, the name on it.
_CARDS, _AUTHORS = frozenset({"vcard", "h-card"}), frozenset({"author", "p-author"})
_NAMES = frozenset({"fn", "p-name"})
_BUTTON = re.compile(r"follow|btn|button")  # beside a byline: in small letters, of classes
_UNREAD = frozenset({"script", "style", "title"})
_MOST = 100  # candidates looked at
_LIST = 3  # bylines alike below the text, which are of other stories
_LONGEST_BYLINE = 120  # characters
_LONGEST_SIGNATURE = 60  # characters
_BIOGRAPHIES = 3  # at most, below a text
_FEWEST = 3  # paragraphs that a text has besides
_BOLD = 0.9  # share of a signature's characters


class StoryNeighbourhood:
    """What about a story is its own, and what of a frame of the page, a comment or a teaser.

    What is around the story's text or its headline is of it, whatever its classes say of the layout
    (`right-sidebar`).
    """

    def __init__(self, regions: Regions, body: BodyFound, headline: etree._Element | None) -> None:
        self._regions = regions
        self._home = {
            above
            for own in (body.container, headline)
            if own is not None
            for above in (own, *own.iterancestors())
        }

    def hold(self, element: etree._Element) -> bool:
        """True when an element holds the story's text or its headline."""
        return element in self._home or element.tag in ("body", "html")

    def are_frame(self, element: etree._Element) -> bool:
        """True when an element is a menu or a figure, or is in one."""
        return not _FRAME.isdisjoint(self._regions.around(element))

    def are_foreign(self, element: etree._Element) -> bool:
        """True when an element is itself not the story's, or is in something that is not."""
        return self._regions.meets(element, self._home, _NOT_TEXT, _OTHERS)


def bylines(document: Document, body: BodyFound, surroundings: StoryNeighbourhood) -> list[etree._Element]:
    """Author links and elements named as a byline about the story's text, those above it first."""
    marks, orders = document.marks, document.index.orders
    first = orders.get(body.elements[0], 0) if body.elements else 0
    last = orders.get(body.elements[-1], 0) if body.elements else len(orders)
    near = [
        element
        for element in sorted(
            {*marks.rels.get("author", ())[:_MOST], *marks.named["author"][:_MOST]}, key=orders.__getitem__
        )
        if (not first or first - 120 <= orders[element] <= last + 60)
        and not surroundings.hold(element)
        and not surroundings.are_foreign(element)
        and not _BUTTON.search((element.get("class") or "").lower())
    ]
    # One below the text may be a box about its author; in links and in lists they are other stories' authors.
    below = [element for element in near if orders[element] > last]
    alike = Counter([names for names, _ in {(one.get("class"), line_of(one)) for one in below} if names])
    others = {element for element in below if alike[element.get("class")] >= _LIST or _leads_away(element)}
    return sorted([one for one in near if one not in others], key=lambda one: orders[one] > first)


def _leads_away(element: etree._Element) -> bool:
    """True for an element in a link that leads to no author's page."""
    link = next(element.iterancestors("a"), None)
    return link is not None and not _is_authors(link)


def _is_authors(link: etree._Element) -> bool:
    return "author" in (link.get("rel") or "") or _AUTHOR_PATH.search(link.get("href") or "") is not None


def printed_people(
    document: Document,
    body: BodyFound,
    sites: Sequence[str],
    candidates: Iterable[etree._Element],
    surroundings: StoryNeighbourhood,
) -> list[str]:
    """People of the first of the bylines that names some, else of a `By …` line above the text."""
    for element in candidates:
        texts, linked = _byline_texts(element)
        people = people_of(texts, sites, printed=not linked)
        if people := [name for name in people if not is_button(name)]:
            return people
    first = document.index.orders.get(body.elements[0], 0) if body.elements else 0
    for element in document.index.elements[max(first - 60, 0) : first + 4]:
        if element.tag in _UNREAD:
            continue
        for line in _by_lines(element):
            if len(line) >= _LONGEST_BYLINE or surroundings.are_frame(element):
                continue
            if people := people_of([line], sites, printed=True):
                return people
    return []


def _by_lines(element: etree._Element) -> Iterator[str]:
    """The lines `By …` that begin in an element or right after it."""
    text, tail = element.text, element.tail
    if text and len(text) <= _LONGEST_BYLINE and _BYLINE.match(text.strip()):
        line = _first_line(element)
        yield _with_name(line, tail, element.getnext()) if is_preposition(line) else line
    if tail and len(tail) <= _LONGEST_BYLINE and _BYLINE.match(tail.strip()):
        yield _with_name(tail, None, element.getnext()) if is_preposition(tail) else tail


def _with_name(line: str, tail: str | None, following: etree._Element | None) -> str:
    """A line of a preposition alone, joined with the text after it."""
    if tail and not tail.isspace():
        return f"{line} {tail}"
    return line if following is None else f"{line} {line_of(following)}"


def _first_line(element: etree._Element) -> str:
    """An element's text as far as its first line break, one after a preposition alone left out.

    Elements that adjoin are kept apart, as their boxes keep them: a name and the date after it.
    """
    if not len(element):
        return line_of(element)
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag == "br" and (line := "".join(pieces).strip()) and not is_preposition(line):
                break
            pieces.append(" " if node.tag == "br" else node.text or "")
        elif node is not element:
            pieces.append(node.tail or (" " if node.getnext() is not None else ""))
    return clean_line("".join(pieces))


def _byline_texts(element: etree._Element) -> tuple[list[str], bool]:
    """Texts of the author links in a byline element, each a name; without any, its own text when it is short.

    Where its text names those of the links and other people between them, all of its text.
    """
    links = [link for link in element.iter("a") if _is_authors(link)]
    text = _without_date(_first_line(element))
    if texts := [name for link in links if 2 < len(name := line_of(link)) < 80]:
        named = split_byline(text) if len(text) < _LONGEST_BYLINE else []
        linked = {name.casefold() for name in texts}
        others = [name for name in named if name.casefold() not in linked]
        if not others or len(named) - len(others) != len(linked) or not all(map(_is_full_name, others)):
            return texts, True
    return ([text] if 2 < len(text) < 160 else []), False


def _without_date(line: str) -> str:
    """A byline as far as the date that is printed in it; one that begins with its date is given as it is."""
    date = parse_printed(line)
    return line[: date.start] if date is not None and date.start > 0 else line


def signed_people(body: BodyFound, sites: Sequence[str], surroundings: StoryNeighbourhood) -> list[str]:
    """People in a line at the text's very beginning or end that is bold and holds nothing but names."""
    if not body.chosen:
        return []
    first, last = body.chosen[0], body.chosen[-1]
    for at in dict.fromkeys((max(first - 1, 0), first, last, min(last + 1, len(body.blocks) - 1))):
        block = body.blocks[at]
        size = len(block.text)
        if size > _LONGEST_SIGNATURE or block.strong < _BOLD * size or block.text[-1] in ".:?!…":
            continue
        if not surroundings.are_foreign(block.box.element):
            names = split_byline(block.text)
            people = people_of([block.text], sites, printed=True)
            if people and len(people) == len(names) and all(map(_is_full_name, people)):
                return people
    return []


def _is_full_name(name: str) -> bool:
    """True for a name of two to four words, each with a capital (particles aside)."""
    words = name.split()
    return 1 < len(words) <= 4 and words[0][0].isupper() and words[-1][0].isupper()


def card_names(candidates: Iterable[etree._Element]) -> list[str]:
    """Names on the author's cards among the bylines: `fn` in a `vcard`, `p-name` in an `h-card` (microformats.org).

    They say who wrote, be it by a name of one word or the site's own; `admin` is nobody.
    """
    names: list[str] = []
    for element in candidates:
        classes = frozenset((element.get("class") or "").split())
        if classes & _CARDS and classes & _AUTHORS:
            inner = [one for one in element.iter() if not _NAMES.isdisjoint((one.get("class") or "").split())]
            names += filter(is_person, split_byline(line_of(inner[0] if inner else element)))
    return names


def without_biography(text: str, authors: Sequence[str]) -> str:
    """A story's text without the biographies at its end: last paragraphs that begin with an author's full name."""
    paragraphs = text.split("\n\n")
    names = tuple(name.casefold() for name in authors if " " in name)
    for _ in range(_BIOGRAPHIES):
        if names and len(paragraphs) > _FEWEST and paragraphs[-1].casefold().startswith(names):
            paragraphs.pop()
    return "\n\n".join(paragraphs)
