"""Numbered blocks: `1 2 [3] 4 … 20`, and page numbers in addresses."""

from __future__ import annotations

import re
from itertools import pairwise
from math import gcd
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.html.text_content import has_more_children

# A page number or an offset that the address names. `cpage`, `replytocom` count comments, not the listing.
NAMED = re.compile(
    r"[?&;](?:\w*[_.:\[])?(?:page|paged|pg|p|pn|pageno|page_?num(?:ber)?|pageindex|seite|pagina|pagenr|strona|"
    r"sayfa|halaman|trang|start|offset|limitstart|b_start(?::int)?|skip|from|updated-max)\]?=\d|"
    r"/(?:page|seite|pagina|pag|strona|sayfa|halaman|trang|side|sida|sivu|stranica|str|p|pg)[/\-_=]?\d{1,5}(?:[/.?]|$)|"
    r"[-_,]p(?:age)?[-_]?\d{1,4}(?:[/.?]|$)|/index[-_]?\d{1,4}\.",
    re.IGNORECASE,
)
# One that only stands at the address's end.
PAGED = re.compile(rf"{NAMED.pattern}|/\d{{1,4}}/?$|[-_,]\d{{1,4}}(?:\.[a-z]{{3,5}})?/?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_BRACKETS = " \t\r\n[](){}|·.,\u00a0\u200e\u200f"
_DATE = re.compile(
    r"(?:19|20)\d\d[/\-_.]?(?:0?[1-9]|1[0-2])(?:[/\-_.]?\d{1,2})?(?:\D|$)|(?:year|month|day|date)[=/]",
    re.IGNORECASE,
)
_CALENDAR = re.compile(r"calend|kalend|datepicker|archive-?year", re.IGNORECASE)
# A number of more digits is an id; a year is an archive.
_LARGEST = 99_999
_FEWEST_ENTRIES = 5  # of a page of a listing
# The last parameter with a number.
_PARAMETER = re.compile(r"[?&](\w+)=\d{1,5}(?=$|#)")
# Elements looked through for the number that is no link.
_BLOCK_SIZE = 300


# `/page/4`, `?page=4`, `&paged=4`: numbers that count pages, not entries.
_PAGE_NUMBER = re.compile(r"(?:/page/|[?&](?:page|paged|pg)=)(\d{1,5})(?=$|[/&#?])", re.IGNORECASE)


def page_number(url: str) -> int | None:
    """The page number that an address names; None when it names none."""
    found = _PAGE_NUMBER.search(url)
    return int(found[1]) if found else None


class Numbered(NamedTuple):
    """A link whose text is a number."""

    number: int
    url: str
    element: etree._Element


def number_of(text: str | None) -> int | None:
    """The page number that a label is, in any script's digits; None for anything else, years too."""
    if not text or len(text) > 24:
        return None
    core = text.strip(_BRACKETS).replace(",", "").replace(".", "")
    # str.isdecimal knows every script's digits, and int() reads them.
    if not core.isdecimal() or len(core) > 5:
        return None
    number = int(core)
    return number if 0 < number <= _LARGEST and not 1900 <= number <= 2100 else None


def blocks(links: list[Numbered]) -> list[list[Numbered]]:
    """The numbered links by the nearest element that holds several of them (or a lone one's own), in order."""
    holders: dict[etree._Element, list[int]] = {}
    for index, link in enumerate(links):
        node = link.element.getparent()
        for _ in range(4):
            if node is None or node.tag in ("body", "html"):
                break
            holders.setdefault(node, []).append(index)
            node = node.getparent()
    several = {node for node, places in holders.items() if len({links[place].number for place in places}) > 1}
    found: dict[etree._Element | None, list[Numbered]] = {}
    for link in links:
        node = chosen = link.element.getparent()
        for _ in range(4):
            if node is None or node not in holders:
                break
            if node in several:
                chosen = node
                break
            node = node.getparent()
        found.setdefault(chosen, []).append(link)
    return [
        block for holder, block in found.items() if holder is not None and not _is_calendar(block, holder)
    ]


def next_number(block: list[Numbered], page_url: str) -> list[Numbered]:
    """The block's links after the current page's number, the next first; [] when that cannot be told."""
    by_number: dict[int, Numbered] = {}
    for link in block:
        by_number.setdefault(link.number, link)
    if (offset := _offset_parameter(list(by_number.values()))) is not None:
        here = offset.search(page_url)
        return [by_number[number] for number in sorted(by_number) if number > (int(here[1]) if here else 0)]
    if not _one_pattern(list(by_number.values()), page_url):
        return []
    current = _current(by_number, page_url)
    if current is None or current + 1 not in by_number:
        return []
    return [by_number[number] for number in sorted(by_number) if number > current]


def _offset_parameter(links: list[Numbered]) -> re.Pattern[str] | None:
    """The pattern of the parameter whose values the labels are: `30 | 60 | 90` entries on, as SPIP counts.

    None when labels count pages.
    """
    step = gcd(*(link.number for link in links))
    name = _PARAMETER.search(links[0].url)
    if step < _FEWEST_ENTRIES or len(links) < 2 or name is None:
        return None
    parameter = re.compile(rf"[?&]{re.escape(name[1])}=(\d{{1,5}})(?=$|[&#])")
    values = (parameter.search(link.url) for link in links)
    if all(value and int(value[1]) == link.number for value, link in zip(values, links, strict=True)):
        return parameter
    return None


def _is_calendar(block: list[Numbered], holder: etree._Element) -> bool:
    node: etree._Element | None = holder
    for _ in range(5):
        if node is None:
            break
        if _CALENDAR.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
        node = node.getparent()
    cell = block[0].element.getparent()
    if cell is not None and cell.tag == "td":
        row = cell.getparent()
        if row is not None and has_more_children(row, 6) and not has_more_children(row, 7):
            return True
    return (
        len(block) > 1
        and all(link.number <= 31 and _DATE.search(link.url) for link in block)
        and not any(PAGED.search(link.url) for link in block)
    )


def _one_pattern(links: list[Numbered], page_url: str) -> bool:
    """True when the addresses count with the numbers: by page, or by offset of so many entries a page."""
    shapes = {_DIGITS.sub("0", link.url.rstrip("/")) for link in links if link.number > 1}
    counting = [link for link in links if link.number > 1]
    if not counting:
        return False
    fitting = sum(1 for link in counting if _counts(link))
    if len(counting) == 1:
        return bool(fitting) and PAGED.search(counting[0].url) is not None
    updated = all("updated-max" in link.url for link in counting)
    return updated or (fitting >= 0.8 * len(counting) and len(shapes) <= max(2, len(counting) // 2))


def _counts(link: Numbered) -> bool:
    before = link.number - 1
    for digits in _DIGITS.findall(link.url):
        if len(digits) > 7:
            continue
        value = int(digits)
        if value in (link.number, before) or (
            value > 1 and before and value % before == 0 and value >= 2 * before
        ):
            return True
    return False


def _current(by_number: dict[int, Numbered], page_url: str) -> int | None:
    here = page_url.partition("#")[0].rstrip("/")
    linked_here = [number for number, link in by_number.items() if link.url.rstrip("/") == here]
    if len(linked_here) == 1:
        return linked_here[0]
    numbers = sorted(by_number)
    unlinked = [number for number in _unlinked(by_number) if number not in by_number]
    for number in unlinked:
        if number + 1 in by_number or number - 1 in by_number:
            return number
    gaps = [low + 1 for low, high in pairwise(numbers) if high - low == 2]
    if len(gaps) == 1 and PAGED.search(page_url):
        return gaps[0]
    if numbers[0] == 2 and not PAGED.search(here):
        return 1
    marked = [number for number, link in by_number.items() if _marked(link.element)]
    if len(marked) == 1:
        return marked[0]
    if numbers[:2] == [1, 2] and not PAGED.search(here):
        return 1
    shape = {_DIGITS.sub("0", link.url.rstrip("/")) for link in by_number.values()}
    if _DIGITS.sub("0", here) in shape:
        for digits in reversed(_DIGITS.findall(here)):
            after = by_number.get(int(digits) + 1) if len(digits) < 6 else None
            if after is not None and str(after.number) in after.url:
                return int(digits)
    return None


def _unlinked(by_number: dict[int, Numbered]) -> list[int]:
    """Numbers that stand in the block as plain text."""
    first = next(iter(by_number.values())).element
    last = list(by_number.values())[-1].element
    above = set(last.iterancestors())
    holder: etree._Element | None = first.getparent()
    if first is last and holder is not None and holder.getparent() is not None:
        holder = holder.getparent()
    while holder is not None and holder not in above and first is not last:
        holder = holder.getparent()
    found: list[int] = []
    if holder is None:
        return found
    for count, node in enumerate(holder.iter()):
        if count > _BLOCK_SIZE:
            break
        texts = (node.tail,) if node.tag == "a" and node.get("href") else (node.text, node.tail)
        if node is holder:
            texts = (node.text,)
        for text in texts:
            if text and (number := number_of(text)) is not None:
                found.append(number)
    return found


_MARKED = re.compile(r"\b(?:current|active|selected|cur|on|now|aktiv|actif|activo|here)\b", re.IGNORECASE)


def _marked(element: etree._Element) -> bool:
    """True when the link, or the item that holds it alone, is marked as the current page."""
    if element.get("aria-current"):
        return True
    parent = element.getparent()
    named = element.get("class") or ""
    if parent is not None and parent.tag in ("li", "span", "td", "b", "strong"):
        if parent.tag in ("b", "strong"):
            return True
        named = f"{named} {parent.get('class') or ''}"
    return bool(_MARKED.search(named))
