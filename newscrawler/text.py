"""Text as a reader sees it: normal Unicode, no invisible characters, plain spaces."""

from __future__ import annotations

import re
import unicodedata

from newscrawler.scripts import DENSE, IDEOGRAPHIC

# Soft hyphen, byte order mark, word joiner, C0/C1 controls other than tab and newlines, noncharacters.
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# Direction marks carry meaning inside a line of mixed scripts, not at its ends.
_EDGE_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SURROGATES = re.compile("[\ud800-\udfff]")
# Control characters that are Windows quotes and dashes written as ISO 8859-1, as browsers show `&#146;` (HTML Standard,
# "numeric character reference end state"). U+0085 is white space.
_WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)
}
_UNFIT = re.compile(f"{_INVISIBLE.pattern[:-1]}\ud800-\udfff]")  # either of them: most lines have none
_TITLE_WORDS = re.compile(r"\w+")
_LONGEST_TITLE = 300  # characters that are compared
_TELLING_WORDS = 4  # words of a title from which it tells one story from another
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
# Each of these characters counts as a word, as word processors do.
_IDEOGRAPH = re.compile(f"[{IDEOGRAPHIC}]")
_DENSE = re.compile(f"[{DENSE}]")


def single_spaced(text: str) -> str:
    """Every run of white space one space, none at the ends."""
    text = text.strip()
    # Printable is what has no space but the plain one: then nothing needs to be cut and joined.
    return text if "  " not in text and text.isprintable() else " ".join(text.split())


def clean_line(text: str) -> str:
    """One line: NFC, invisible characters and lone surrogates out, every run of white space one space."""
    if text.isprintable():  # none of what is invisible, and no white space but spaces
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
    if text.isascii():
        text = _INVISIBLE.sub("", text)
    else:
        if _UNFIT.search(text):
            text = text.translate(_WINDOWS)
            text = _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", text))
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split()).strip(_EDGE_MARKS + " ")


def clean_paragraphs(text: str) -> str:
    """Paragraphs joined by one blank line, each cleaned as a line; empty ones out."""
    lines = (clean_line(paragraph) for paragraph in re.split(r"\n\s*\n", text))
    return "\n\n".join(line for line in lines if line)


def count_words(text: str) -> int:
    """Words of a text; in scripts without spaces (Chinese, Japanese) each character counts as one."""
    rest, unspaced = _IDEOGRAPH.subn(" ", text)
    return unspaced + len(_WORD.findall(rest))


def density(text: str) -> float:
    """Characters of a Western text that one character of this text is worth.

    Up to 2.5 for Chinese and Japanese, by the share of their characters; 1 for all other scripts.
    """
    if text.isascii() or not _IDEOGRAPH.search(text[:4000:8]):  # every eighth character is enough
        return 1.0
    return 1.0 + 1.5 * len(_IDEOGRAPH.findall(text)) / len(text)


def is_headline_long(text: str, least_words: int = 3) -> bool:
    """True for a text that is long enough to be a headline, as menu items and buttons are not.

    `least_words` of 15 characters in all, or eight characters of a script that writes words in few.
    """
    return (len(text) >= 15 and text.count(" ") >= least_words - 1) or (
        len(text) >= 8 and not text.isascii() and _DENSE.search(text) is not None
    )


def titles_differ(one: str, other: str) -> bool:
    """True when two titles are certainly not of one story: several words each, and hardly one in common."""
    words, others = (set(_TITLE_WORDS.findall(title[:_LONGEST_TITLE].casefold())) for title in (one, other))
    fewest = min(len(words), len(others))
    return fewest >= _TELLING_WORDS and len(words & others) * 3 < fewest


def visible(text: str) -> str:
    """`text` for a terminal: everything that is not printable, line breaks included, as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
