"""People's names as strings: bylines split, people distinguished from organisations and roles. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, permutations

from newscrawler.extraction.fields.byline_words import (
    AGENCIES,
    COLLECTIVES,
    ORGANISATIONS,
    PARTICLES,
    PREPOSITIONS,
    ROLES,
)
from newscrawler.extraction.headline.site_affixes import names_site
from newscrawler.text import clean_line

_BY = re.compile(rf"^[\s(（\[–—-]*(?:{PREPOSITIONS})(?:\s*[:：/|｜]\s*|\s+)", re.IGNORECASE)
_STRICT_BY = re.compile(rf"^[\s(（\[–—-]*(?:{PREPOSITIONS})(?:\s*[:：]\s*|\s+)(?=\S)", re.IGNORECASE)
# Words before the preposition, as in `Pressemitteilung von Jane Doe`; not in names (`Christoph von Ritter`).
_BRAND_BY = re.compile(r"^[^;,|/•·\n]{2,60}?\s(?:von|by|par|por|bởi|oleh)\s+(?=[^\W\d_a-zß-ÿ][\w'’.-]+\s+\w)")
_AND = re.compile(
    r"\s+(?:and|und|et|og|och|ja|ve|dan|és|și|sowie|with|mit|avec|con|med|og|и|та|և|و|और|और|এবং|και|і|&|\+)\s+|(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff])"
)
_LOUD_AND = re.compile(r"\s(?:AND|UND|ET|OG|OCH|VE|Y|E|И)\s")
# Also a part of names (Ortega y Gasset): divides only between two full names.
_WEAK_AND = re.compile(r"\s+(?:y|e|i|en|a|na|&)\s+")
# The last: a label that begins another credit (`Jane Doe Foto: Max Roe`).
_LIST = re.compile(
    r"\s*[;|/•·●▪‖،、؛\n／｜]\s*|\s+[-–—]\s+|\s*[()（）\[\]]\s*|(?<=\w\w)\s+(?=[^\W\d_]{4,}:\s)"
)
_EMAIL = re.compile(r"\S+@\S+|https?://\S*|www\.\S+|(?:^|\s)@\w+")
_DOMAIN = re.compile(
    r"\b[\w-]+\.(?:com|org|net|de|at|ch|co|tv|info|news|uk|us|fr|es|it|nl|ru|ua|ir|tr|in|jp|kr|cn|br|pl)\b",
    re.I,
)
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|m\.?d|ph\.?d|esq|mba|m\.?a|dds|rn)\.?$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"^(?:unser(?:e[mnr]?)?|onze|notre|nuestr[ao]|noss[ao]|our)\s+", re.IGNORECASE)
_HAN_ROLE = re.compile(
    r"^(?:(?:本[報报]|特[約约派]|[實实][習习])?(?:記者|记者)|撰?文|作者|(?:責任|责任)?[編编][輯辑])\s*(?=[\u4e00-\u9fff]{2,4}$)"
)
_HAN_NOTE = re.compile(r"[\u4e00-\u9fff](?:報導|报道|報道|電|电)$")
_HANGUL_ROLE = re.compile(r"\s*(?:선임|인턴|객원)?(?:기자|특파원|논설위원|앵커|리포터|위원|记者|記者|编辑)$")
_CUT = re.compile(
    r"\s*\b(?:fotos?|photos?|bild(?:er)?|grafik|illustrations?|video|quelle|source|credit)\s*:.*$|\s+(?-i:am|on)\s.*$|\s+(?:am|on|um|le|den|il|op)(?:\s+\d.*)?$|\s+(?:em|el|dia|a)\s+\d.*$|\s+(?:in|aus|für|for|from|at|reports|berichtet|à|en|bei|zum|zur|über|updated|published|aktualisiert|"
    r"veröffentlicht|is|ist|est|es|war|was|has|covers|writes|schreibt)\s+.*$|\s+\d.*$|\s*[→›»].*$",
    re.IGNORECASE,
)
# A button, or the word before a date, printed right behind a name.
_TRAILING = re.compile(
    r"\s(?:follow(?:ing)?|view|last|(?:co-?)?founder|ceo|folgen|seguir|suivre|segui|publi(?:ée?|cado|shed)(?:\sle)?|pubblicato|veröffentlicht|aktualisiert|"
    r"posted|updated|giriş|yayınlanma)$",
    re.IGNORECASE,
)
_GLUED_BY = re.compile(r"^By(?=[A-Z][a-z]{1,20}\s[A-Z])")
_TWICE = re.compile(r"^(\S{2,30}\s\S{2,30})\s\1(?:\s.{0,40})?$")  # in a picture's text and beside it
_SYMBOLS = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]+")  # arrows, dingbats, emoji
_PHOTO = re.compile(
    r"^\W*(?:photos?|fotos?|foto|image|bild(?:er)?|illustration|graphic|grafik|video|picture|credit|©|copyright|via)\b",
    re.I,
)
_BUTTONS = re.compile(
    r"^(?:veröffentlicht|published|publicado|publié|pubblicato|posted|updated|aktualisiert|stand|datum|date|abbruch|cancel|"
    r"zurück|back|weiter|next|zur|zum|zu|the|der|die|das|ein|eine|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|creative commons|von|by|par|por|search|"
    r"follow|folgen|seguir|suivre|segui|share|teilen|compartir|partager|click|twitter|bluesky|mastodon|threads|youtube|pinterest|reddit|facebook|instagram|linkedin|e-?mail|whatsapp|"
    r"telegram|rss|more|mehr|show|view|see|read|all|alle|about|contact|kontakt|print|drucken|copy|link|menu|log|sign|subscribe|"
    r"kommentar|comment|home|profile?|archive?|bookmark|listen|save|merken)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:comments?|kommentare?|commentaires?|comentarios?|minutes?|minuten|minutos|takeaways?|reviews?)\b|\d\s?min\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")
_MAX_NAMES = 20  # of one byline


def split_byline(text: str) -> list[str]:
    """The names in a byline such as `By JANE DOE and J. K. van der Berg, Political Editor`, roles left out.

    Organisations are kept: see `is_person`.
    """
    text = _EMAIL.sub(" ", clean_line(text)[:600]).strip(" ,;:-–—|")
    for _ in range(2):
        text = _BY.sub("", text, count=1) if _BY.match(text) else text
    # A brand or desk before the preposition: `capital von Jane Doe`.
    text = _BRAND_BY.sub("", text)
    if text.isupper():
        text = _LOUD_AND.sub(lambda match: match[0].lower(), text)
    pieces: list[str] = []
    for chunk in _LIST.split(text):
        for part in _AND.split(chunk):
            pieces += _commas(part)
    names: dict[str, str] = {}
    for piece in pieces:
        for half in _weak_halves(piece):
            name = _tidy(half)
            if (
                name
                and _LETTERS.search(name)
                and not is_role(name)
                and not _HAN_NOTE.search(name)
                and not _BY.fullmatch(f"{name} ")
            ):
                names.setdefault(name.casefold(), name)
    return list(names.values())[:_MAX_NAMES]


def _commas(text: str) -> list[str]:
    """Parts between commas; `Last, First` turned round; suffixes (`Jr.`) kept with their name."""
    parts = [part.strip() for part in re.split(r"[,，]", text) if part.strip()]
    if len(parts) == 2 and _is_last_first(*parts):
        return [f"{parts[1]} {parts[0]}"]
    joined: list[str] = []
    for part in parts:
        if joined and _SUFFIX.match(part):
            joined[-1] += f" {part}"
        else:
            joined.append(part)
    if len(joined) > 1 and len(joined[0].split()) > 1:
        # After a full name a single word is a place or an agency: `Anna Roe, Nairobi`.
        joined = [
            part for part in joined if len(part.split()) > 1 or (not part.isascii() and len(part) < 5)
        ] or joined
    return joined


def _is_last_first(last: str, first: str) -> bool:
    words = last.split()
    if len(words) != 1 and not all(word.lower() in PARTICLES for word in words[:-1]):
        return False
    given = first.split()
    return (
        0 < len(given) <= 2
        and all(
            word[0].isupper() and word.lower() not in ROLES | ORGANISATIONS for word in (words[-1], *given)
        )
        and (first.lower() not in AGENCIES)
    )


def _weak_halves(text: str) -> list[str]:
    parts = _WEAK_AND.split(text)
    if len(parts) > 1 and all(len(part.split()) > 1 for part in parts):
        return parts
    return [text]


def _tidy(name: str) -> str:
    name = _BY.sub("", name, count=1) if _STRICT_BY.match(name) else name
    name = _HAN_ROLE.sub("", _HANGUL_ROLE.sub("", name))
    name = _CUT.sub("", _TRAILING.sub("", _SYMBOLS.sub("", name).strip()))
    name = _TWICE.sub(r"\1", _GLUED_BY.sub("", name))
    name = _TRAILING.sub("", name)  # what a date stood behind, that is cut off now
    name = name.strip(" \t,;:–—|*\"“”„'’‘#<>()[]•·").rstrip("- ")
    name = re.sub(r"^(?:mr|mrs|ms|herr|frau)\.?\s+", "", name, flags=re.IGNORECASE)
    if len(name.split()) > 1 or len(name) < 2:
        name = name.rstrip(". ") if not re.search(r"(?:\b[A-Z]|Jr|Sr|St)\.$", name) else name
    return repair_case(_without_role(name))


def _without_role(name: str) -> str:
    """A name without the job before it: `unserem Redakteur Jane Doe`, `Staff Writer Jane Doe`."""
    words = _POSSESSIVE.sub("", name).split()
    job = ""
    while len(words) > 2 and words[0].lower() in ROLES:
        job, *words = words
    if job.lower() in COLLECTIVES or len(words) < 2 or not words[0][:1].isupper():
        return name
    return " ".join(words)


def repair_case(name: str) -> str:
    """ALL CAPS names as they are written elsewhere (`ADAM MCKAY-LEE` -> `Adam Mckay-Lee`); others untouched."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 5 or " " not in name or not all(c.isupper() for c in letters):
        return name
    words = []
    for index, word in enumerate(name.split()):
        if word.lower() in PARTICLES and index:
            words.append(word.lower())
        elif len(word.strip(".")) <= 2 and ("." in word or len(word) == 1):
            words.append(word)
        else:
            words.append(re.sub(r"[^\W\d_]+", lambda match: match[0][0] + match[0][1:].lower(), word))
    return " ".join(words)


def is_preposition(text: str) -> bool:
    """True for a preposition of bylines and nothing else: `Written by:`."""
    return _BY.fullmatch(f"{text.strip(' :|')} ") is not None


def is_button(text: str) -> bool:
    """True for a text that begins like the buttons near bylines: `Follow us`, `Zur Übersicht`."""
    return _BUTTONS.match(text) is not None


def is_handle(name: str) -> bool:
    """True for the name of an account (`jane.doe`)."""
    return name.isascii() and name.islower() and " " not in name


def is_role(text: str) -> bool:
    """True for a job (`Senior Political Correspondent`)."""
    words = re.findall(r"\w+", text.lower())
    return bool(words) and (
        words[-1] in ROLES or words[0] in ROLES or sum(word in ROLES for word in words) * 2 > len(words)
    )


def is_person(name: str, sites: Sequence[str] = ()) -> bool:
    """True for a possible person's name: no organisation, agency, site, role, URL, photo credit or sentence."""
    if (
        not 2 <= len(name) <= 60
        or _PHOTO.match(name)
        or _NO_NAME.search(name)
        or _HAN_NOTE.search(name)
        or "/" in name
        or "@" in name
        or "://" in name
    ):
        return False
    folded = name.casefold().strip(" .")
    if folded in AGENCIES or is_role(name) or _DOMAIN.search(name):
        return False
    words = re.findall(r"[\w'’.-]+", folded)
    if not words or len(words) > 6 or any(word.strip(".") in ORGANISATIONS for word in words):
        return False
    if sum(c.isdigit() for c in name) > 2 and len(words) > 1:
        return False
    if names_site(name, sites) and (
        len(words) < 2 or any(title == re.sub(r"\W", "", folded) for title in sites)
    ):
        return False
    if words[0] in sites and name.split()[0].isupper():  # a desk of the site's: `CNN Business`
        return False
    if len(words) > 1 and words[0].isalpha() and name.split()[0].islower() and words[0] not in PARTICLES:
        # In small letters throughout a name may be written, not in its first word alone.
        return name == name.lower() and len(words) <= 3
    return True


def people_of(texts: Iterable[str], sites: Sequence[str], *, printed: bool = False) -> list[str]:
    """The people named in bylines, in order, each once.

    Beside an organisation a single word is a place or a desk (`Example Online, Berlin`). In `printed` lines, where
    menus, dates and buttons are near, a single Latin word is no name, nor is what has a numeral or no capital.
    """
    found: dict[str, str] = {}
    for text in texts:
        names = split_byline(text)
        people = [name for name in names if is_person(name, sites)]
        for name in people:
            if " " not in name and (len(people) < len(names) or (printed and name.isascii())):
                continue
            if printed and (is_button(name) or name.islower() or any(map(str.isdigit, name))):
                continue
            found.setdefault(name.casefold(), name)
    pairs = {f"{one} {other}" for one, other in permutations(islice(found, _MAX_NAMES), 2)}
    return [
        name for key, name in found.items() if key not in pairs
    ]  # not those of two people once more as one
