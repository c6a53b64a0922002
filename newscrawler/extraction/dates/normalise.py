"""Letters and digits of every script in one form; positions in the text are unchanged."""

from __future__ import annotations

import re
import unicodedata

# Zero of each script whose digits are used in dates.
_ZEROES = (
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0xFF10,
)  # fmt: skip
_PLAIN = {zero + digit: str(digit) for zero in _ZEROES for digit in range(10)}
_PLAIN |= dict.fromkeys(
    map(ord, "\u00a0\u2007\u2009\u200a\u202f\u3000\u200b\u200e\u200f\u202a\u202b\u202c\t\r\n"), " "
)
_PLAIN |= dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_PLAIN |= {
    ord("："): ":",
    ord("／"): "/",
    ord("．"): ".",
    ord("，"): ",",
    ord("،"): ",",
    ord("⁄"): "/",
    ord("∕"): "/",
}
_PLAIN |= {
    ord("（"): "(",
    ord("）"): ")",
    ord("’"): "'",
    ord("‘"): "'",
    ord("`"): "'",
    ord("｜"): "|",
    ord("٫"): ".",
    ord("º"): "°",  # 1º de maio
}

_PERSIAN_DIGIT = re.compile("[\u06f0-\u06f9]")
# Accents, Arabic vowel signs and tatweel, joiners, geresh, the Devanagari abbreviation sign.
_DROPPED = re.compile("[\u0300-\u036f\u064b-\u0655\u0670\u0640\u200c\u200d\u05f3\u05f4\u0970]")
_ALIKE = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ۃ": "ه", "ھ": "ه", "ە": "ه", "ٱ": "ا",
     "ı": "i", "ø": "o", "đ": "d", "ł": "l"}
)  # fmt: skip
# A word (with the vowel signs of Indic scripts, which are no letters to `re`), a Thai abbreviation, or a number `n`.
WORD = re.compile(
    r"[ก-ฮ][\u0e30-\u0e3a]?[ก-ฮ]?\.\s?[ก-ฮ]{1,2}(?=\.)|(?P<n>\d+)|[^\W\d_](?:[^\s\d!-/:-@\[-`{-~|·•،؛«»“”„…、。]*[^\s\d!-/:-@\[-`{-~|·•،؛«»“”„…、。])?"
)


def plain(text: str) -> str:
    """Digits, spaces, dashes and separators as ASCII ones, one character for each."""
    return text if text.isascii() and text.isprintable() else text.translate(_PLAIN)


def fold(word: str) -> str:
    """A word without case, accents, vowel signs and spelling variants: the key of the tables."""
    word = word.casefold()
    if word.isascii():
        return word
    bare = _DROPPED.sub("", unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", bare).translate(_ALIKE)


def has_persian_digits(text: str) -> bool:
    """True for a text with the digits of Persian, Pashto, Kurdish and Urdu."""
    return not text.isascii() and _PERSIAN_DIGIT.search(text) is not None
