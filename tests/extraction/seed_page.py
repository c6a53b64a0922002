"""One story page of a CMS family, in the three dresses in which it is met: same story, other mark-up.

`new` and `old` carry the ids of the family's two skins, `bare` has no helpful id or class at all. The traps: the
headline stands again as the photo's alt text; the two tags are links with nothing but a space between them; thirteen
featured stories have twelve dates (the first has none); two pictures' alt texts differ from their titles; two
stories have a title and no picture.
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple

URL = "https://www.islamtimes.org/en/news/983389/turkey-won-t-sanction-russia-despite-nato-pressure"
TITLE = "Turkey won’t sanction Russia, despite NATO pressure"
PRINTED_DATE = "Saturday 12 March 2022 - 06:28"
PUBLISHED = "2022-03-12T06:28:00"
STORY_CODE = "983389"
TAGS = ["Turkey", "Russia"]
LEAD = (
    "Ankara keeps its channel to Moscow open and will not join the measures of its partners, "
    "an official told a broadcaster."
)
PARAGRAPHS = [
    "The official said that no plan to impose sanctions on Russia was being prepared, and that the government "
    "wished to keep the channel of trust open. He added that punitive measures would also hurt the country’s "
    "own economy.",
    "While it has denounced the offensive against its neighbour, the country has not taken part in punitive "
    "measures as most of its partners have. It seeks instead to mediate between the two sides, in the hope of "
    "a ceasefire at least.",
    "The head of the alliance told local media on Friday that all members are expected to impose sanctions, "
    "and that he had said so to the foreign minister when the two met on the south coast earlier this week.",
    "The two foreign ministers held their first talks there on Thursday since the offensive was launched on "
    "February 24. The talks brought no breakthrough, but both sides spoke of certain developments that they "
    "called positive.",
    "The president presented the meeting as a victory of diplomacy in a phone call with his counterpart, and "
    "repeated that the role of a mediator is important if the conflict is to be kept from growing any "
    "further.",
    "Several countries have imposed a series of sanctions meant to weaken the economy of Russia. They are "
    "aimed, among others, at the central bank, at several large commercial banks and at media that the state "
    "pays for.",
]


class Entry(NamedTuple):
    """A featured story: `alt` is None where it has no picture, `date` (as printed) where none is printed."""

    title: str
    alt: str | None
    date: str | None

    @property
    def url(self) -> str:
        """Where it links to; the number is made up from the title."""
        slug = "-".join("".join(c if c.isalnum() else " " for c in self.title.lower()).split())
        return f"https://www.islamtimes.org/en/news/{983100 + len(self.title)}/{slug}"

    @property
    def published(self) -> str | None:
        """The printed date as ISO 8601."""
        return f"2022-03-{self.date.split()[0]}" if self.date else None


def _same(title: str, date: str) -> Entry:
    return Entry(title, title, date)


RELATED = [
    Entry("West Made Mistakes in Relations with Russia: EU", "Josep Borrell.", None),
    _same("US Base in Erbil Comes under Drone Attacks", "12 March 2022"),
    Entry("United States Imposes Sanctions on 50 Russian Figures", None, "12 March 2022"),
    Entry("Indian Missile 'Accidentally' Fired into Pakistan", None, "12 March 2022"),
    _same(
        "Putin Agrees on Sending Volunteers to Ukraine: Seized Western Weapons Must Be Transferred to DPR, LPR",
        "11 March 2022",
    ),
    _same("Daesh Appoints New Leader", "11 March 2022"),
    _same("Bahrainis Hold Rallies against Normalization, Zionist Army Chief’s Visit", "11 March 2022"),
    _same("Fire Breaks Out At Saudi Oil Facility after Drone Targets Riyadh", "11 March 2022"),
    _same("Ayatollah Khamenei: Reducing Defensive Power to Please Enemies Totally Naive", "10 March 2022"),
    _same(
        "US-Funded Bio Labs in Ukraine Conducted Research into Bat Coronavirus: Russian MoD", "10 March 2022"
    ),
    _same("UN War Crimes Panel Urges US to Investigate Airstrikes on Syria", "10 March 2022"),
    _same("Palestinian Groups Condemn Israeli President’s Visit to Turkey", "10 March 2022"),
    Entry(
        "UK soldiers go AWOL, possibly to fight in Ukraine",
        "Army recruits go through basic training in Winchester, England",
        "10 March 2022",
    ),
]
_MENU = ["Home", "News", "Articles", "Interviews", "Video", "Photo", "About Us", "Contact Us"]
SKINS = ("new", "old", "bare")


def seed_page(skin: str) -> bytes:
    """The page as the given skin marks it up, UTF-8."""
    head, body = {"new": _new, "old": _old, "bare": _bare}[skin]()
    page = (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    )
    return page.encode()


def _menu() -> str:
    return "".join(f'<a href="/en/{name.lower().replace(" ", "-")}">{name}</a> ' for name in _MENU)


def _tag_links() -> str:
    return " ".join(f'<a href="/en/tags/{tag}">{tag}</a>' for tag in TAGS)


def _paragraphs() -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in PARAGRAPHS)


def _photo() -> str:
    return f'<img src="/images/docs/000983/n00983389-b.jpg" alt="{escape(TITLE)}">'


def _picture_link(entry: Entry) -> str:
    if entry.alt is None:
        return ""
    number = entry.url.split("/")[-2]
    return (
        f'<a href="{entry.url}"><img src="/images/docs/files/{number}-t.jpg" alt="{escape(entry.alt)}"></a>'
    )


def _new() -> tuple[str, str]:
    head = (
        f"<title>{escape(TITLE)} - Islam Times</title><meta property='og:site_name' content='Islam Times'>"
        f"<meta property='og:title' content='{escape(TITLE)}'><link rel='canonical' href='{URL}'>"
        "<meta name='dcterms.created' content='2022-03-12T06:28:00'>"
    )
    entries = "".join(
        f'<li class="box-item">{_picture_link(entry)}<h3><a href="{entry.url}">{escape(entry.title)}</a></h3>'
        + (f'<span class="box-date">{entry.date}</span>' if entry.date else "")
        + "</li>"
        for entry in RELATED
    )
    body = (
        f'<header><nav>{_menu()}</nav></header><main><div class="doc-section-info"><a href="/en/news">News</a></div>'
        f'<div id="docDiv3Date">{PRINTED_DATE}</div><h1 id="docDiv3TitrMain">{escape(TITLE)}</h1>'
        f'<div id="docDocID">Story Code : {STORY_CODE}</div>'
        f'<div id="docDivLead1">{escape(LEAD)}</div>'
        f'<div class="doc-photo">{_photo()}</div><div id="doctextarea">{_paragraphs()}</div>'
        f'<div class="tags"><span>Tagged</span> {_tag_links()}</div>'
        f'<div class="user-comment-area"><h4>Comment</h4></div>'
        f'</main><aside><div class="box-featured"><h4>Featured Stories</h4><ul>{entries}</ul></div></aside>'
        f"<footer>{_menu()}</footer>"
    )
    return head, body


def _old() -> tuple[str, str]:
    head = f"<title>Islam Times - {escape(TITLE)}</title>"
    rows = "".join(
        f"<tr><td>{_picture_link(entry)}</td><td><a href='{entry.url}'>{escape(entry.title)}</a>"
        + (f"<br><font size='1'>{entry.date}</font>" if entry.date else "")
        + "</td></tr>"
        for entry in RELATED
    )
    body = (
        f"<table><tr><td>{_menu()}</td></tr><tr><td>"
        f'<div id="docDiv1Menu1"><span><a href="/en/news">News</a></span></div>'
        f'<div id="docDiv3Date">{PRINTED_DATE}</div><div id="docDiv3Titr">{escape(TITLE)}</div>'
        f'<div id="docDiv5InfoCode">Story Code : {STORY_CODE}</div><div>{_photo()}</div>'
        f'<div id="docDiv4LeadTitle">{escape(LEAD)}</div><div id="doc_div33">{_paragraphs()}</div>'
        f'<div class="doc_tags1">Tagged {_tag_links()}</div><div>Comment</div></td>'
        f"<td><div>Featured Stories</div><table>{rows}</table></td></tr></table>"
    )
    return head, body


def _bare() -> tuple[str, str]:
    head = f"<title>{escape(TITLE)} - Islam Times</title>"
    entries = "".join(
        f"<div>{_picture_link(entry)}<a href='{entry.url}'>{escape(entry.title)}</a>"
        + (f"<div>{entry.date}</div>" if entry.date else "")
        + "</div>"
        for entry in RELATED
    )
    body = (
        f"<div>{_menu()}</div><div><div>{PRINTED_DATE}</div><div>{escape(TITLE)}</div>"
        f"<div>Story Code : {STORY_CODE}</div>"
        f"<div>{_photo()}</div><p>{escape(LEAD)}</p>{_paragraphs()}<div>Tagged</div><div>{_tag_links()}</div>"
        f"<div>Comment</div><div>Featured Stories</div>{entries}</div>"
    )
    return head, body
