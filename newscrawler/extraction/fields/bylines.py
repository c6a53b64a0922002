"""Who a page prints as its story's authors: bylines about the text, signatures, author cards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from lxml import etree

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.dates.printed import parse_printed
from newscrawler.extraction.fields.byline_words import NOBODY
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
from newscrawler.hosts import registrable
from newscrawler.text import clean_line
from newscrawler.url_cleaning import absolute, host_of

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
# The same below a text, where a preposition alone begins other lines.
_WRITTEN_BY = re.compile(
    r"\W{0,3}(?:(?:written|words|story|text|reporting) by|(?:verfasst|geschrieben) von|(?:écrit|rédigé) par|"
    r"escrito por|scritto da|skrevet a[fv]|skriven av|geschreven door)\s*:?(?:\s+\S|\s*$)",
    re.IGNORECASE,
)
_HAN_REPORTERS = re.compile(
    r"[（(【\[]?(?:本[报報]|本网|本台|实习|特[约約派])?(?:记者|記者)[\s:：]{1,3}([\u4e00-\u9fff、，,\s]{2,40}?)"
    r"(?:(?:通讯员|通訊員|摄影|攝影|实习生|编辑|文/图|报道|報道)[\s:：]*[\u4e00-\u9fff、，,\s]{0,30})?[）)】\]]?$"
)
_HAN_LIST = re.compile(r"[、，,\s]+")
_HAN_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_FRAME = frozenset({Region.NAVIGATION, Region.FIGURE})
_NOT_TEXT = _FRAME | {Region.FOOTER}
# People who are named in these wrote something else.
_OTHERS = frozenset({Region.COMMENTS, Region.RELATED, Region.CAROUSEL, Region.SIDEBAR})
# Classes of microformats: a card, whose it is, the name on it.
_CARDS, _AUTHORS = frozenset({"vcard", "h-card"}), frozenset({"author", "p-author"})
_NAMES = frozenset({"fn", "p-name"})
_BUTTON = re.compile(r"follow|btn|button")  # beside a byline: in small letters, of classes
_BOXES = frozenset(
    {"div", "p", "li", "dd", "dt", "h2", "h3", "h4", "h5", "h6", "td"}
)  # each a line of its own
_CREDIT_WORDS = 5  # of a team's or a site's name
_FAR = 300  # elements between a headline and its text, from which other things are between them
_ABOVE = 60  # elements above a text
_UNREAD = frozenset({"script", "style", "title"})
_MOST = 100  # candidates looked at
_TEASER_LEVELS, _MOST_LINKS = 3, 10  # elements around a byline, and links in one, that are looked at
_HEADLINE_WORDS = (
    4  # of a link; `More about the author` is no headline, as it mostly leads to the author's page
)
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
        self._headline = headline
        self._home = {
            above
            for own in (body.container, headline)
            if own is not None
            for above in (own, *own.iterancestors())
        }

    def start(self, document: Document, first: int) -> int:
        """The place where what stands right above the text begins: its headline, or some elements before it."""
        headline = first if self._headline is None else document.index.orders.get(self._headline, first)
        return max(0, min(first - _ABOVE, headline if first - headline < _FAR else first))

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
            {
                *marks.rels.get("author", ())[:_MOST],
                *marks.named["author"][:_MOST],
                *_links_above(document, surroundings.start(document, first), first),
            },
            key=orders.__getitem__,
        )
        if (not first or first - 120 <= orders[element] <= last + 60)
        and not surroundings.hold(element)
        and not surroundings.are_foreign(element)
        and not _BUTTON.search((element.get("class") or "").lower())
    ]
    # One below the text may be a box about its author; in links and in lists they are other stories' authors.
    below = [element for element in near if orders[element] > last]
    alike = Counter([names for names, _ in {(one.get("class"), line_of(one)) for one in below} if names])
    others = {
        element
        for element in below
        if alike[element.get("class")] >= _LIST
        or _leads_away(element)
        or _is_of_teaser(element, surroundings)
    }
    return sorted([one for one in near if one not in others], key=lambda one: orders[one] > first)


def _links_above(document: Document, start: int, first: int) -> list[etree._Element]:
    """Links to authors' pages right above the text, of whatever class."""
    orders = document.index.orders
    near = (link for link in document.index.by_tag["a"] if start <= orders[link] <= first)
    return [
        link for link in near if _is_of_site(document, link) and _AUTHOR_PATH.search(link.get("href") or "")
    ][:_MOST]


def _is_of_site(document: Document, link: etree._Element) -> bool:
    host = host_of(absolute(document.base_url, link.get("href")) or "")
    return registrable(host) == registrable(host_of(document.url))


def credits(candidates: Iterable[etree._Element]) -> list[str]:
    """The credit of the first byline that names no person: a team, the site, a name of one word."""
    for element in candidates:
        texts, linked = _byline_texts(element)
        names = texts if linked else [name for text in texts for name in split_byline(text)]
        if named := [name for name in names if _is_credit(name)]:
            return named[:1]
    return []


def _is_credit(name: str) -> bool:
    words = name.casefold().split()
    if all(word in NOBODY for word in words):
        return False
    return len(words) <= _CREDIT_WORDS and not is_button(name) and not any(map(str.isdigit, name))


def _leads_away(element: etree._Element) -> bool:
    """True for an element in a link that leads to no author's page."""
    link = next(element.iterancestors("a"), None)
    return link is not None and not _is_authors(link)


def _is_of_teaser(element: etree._Element, surroundings: StoryNeighbourhood) -> bool:
    """True for an element below the text whose box, apart from the story's, links another story's headline."""
    for above in islice(element.iterancestors(), _TEASER_LEVELS):
        if surroundings.hold(above) or above.tag in ("main", "body"):
            return False
        for link in islice(above.iter("a"), _MOST_LINKS):
            if not _is_authors(link) and len(line_of(link).split()) >= _HEADLINE_WORDS:
                return True
    return False


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
    elements, orders = document.index.elements, document.index.orders
    first = orders.get(body.elements[0], 0) if body.elements else 0
    last = orders.get(body.elements[-1], len(elements)) if body.elements else len(elements)
    above = elements[surroundings.start(document, first) : first + 4]
    if people := _people_of_lines(above, _BYLINE, sites, surroundings.are_frame):
        return people
    return _people_of_lines(elements[last : last + 60], _WRITTEN_BY, sites, surroundings.are_foreign)


def _people_of_lines(
    elements: Iterable[etree._Element],
    begins: re.Pattern[str],
    sites: Sequence[str],
    is_out: Callable[[etree._Element], bool],
) -> list[str]:
    """People of the first line that begins like a byline and names some."""
    for element in elements:
        if element.tag in _UNREAD:
            continue
        for line in _by_lines(element, begins):
            if len(line) >= _LONGEST_BYLINE or is_out(element):
                continue
            if people := people_of([line], sites, printed=True):
                return people
    return []


def _by_lines(element: etree._Element, begins: re.Pattern[str]) -> Iterator[str]:
    """The lines `By …` that begin in an element or right after it."""
    text, tail = element.text, element.tail
    if text and len(text) <= _LONGEST_BYLINE and begins.match(text.strip()):
        line = _first_line(element)
        yield _with_name(line, tail, element.getnext()) if is_preposition(line) else line
    if tail and len(tail) <= _LONGEST_BYLINE and begins.match(tail.strip()):
        yield _with_name(tail, None, element.getnext()) if is_preposition(tail) else tail


def _with_name(line: str, tail: str | None, following: etree._Element | None) -> str:
    """A line of a preposition alone, joined with the text after it."""
    if tail and not tail.isspace():
        return f"{line} {tail}"
    return line if following is None else f"{line} {line_of(following)}"


def _first_line(element: etree._Element) -> str:
    """An element's text as far as its first line break, one after a preposition alone left out.

    Elements that adjoin are kept apart, as their boxes keep them: a name, and the job or the date after it.
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
            apart = " | " if node.tag in _BOXES and node.getnext() is not None else " "
            pieces.append(node.tail if node.tail and not node.tail.isspace() else apart)
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
        if size <= _LONGEST_SIGNATURE and (named := _reporters(block.text)):
            return named
        if size > _LONGEST_SIGNATURE or block.strong < _BOLD * size or block.text[-1] in ".:?!…":
            continue
        if not surroundings.are_foreign(block.box.element):
            names = split_byline(block.text)
            people = people_of([block.text], sites, printed=True)
            if people and len(people) == len(names) and all(map(_is_full_name, people)):
                return people
    return []


def _reporters(line: str) -> list[str]:
    """Names in a Chinese line of nothing but reporters: `（本报记者 林知远、周以沫）`."""
    if (found := _HAN_REPORTERS.match(line)) is None:
        return []
    return [name for name in _HAN_LIST.split(found[1].strip()) if _HAN_NAME.fullmatch(name)]


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
