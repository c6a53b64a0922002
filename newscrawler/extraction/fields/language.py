"""The language of the story: as the page declares it, where that agrees with the script of its text."""

from __future__ import annotations

import re
from collections import Counter

from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.fields.function_words import ENOUGH, LIKELY, FunctionWords
from newscrawler.extraction.html.document import Document

_TAG = re.compile(r"^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:$|[-_.;,@])", re.IGNORECASE)
_FEWEST = 12  # letters from which a script is inferred
_SAMPLE = 400  # letters of the text that are looked at
# Neither Latin letters nor the punctuation that goes with them.
_NOT_WESTERN = re.compile(r"[^\x00-\u024f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20bf]")
# Unicode blocks by script: enough to tell what a page is written in.
_BLOCKS = (
    ("latin", 0x0041, 0x024F),
    ("latin", 0x1E00, 0x1EFF),
    ("greek", 0x0370, 0x03FF),
    ("cyrillic", 0x0400, 0x052F),
    ("armenian", 0x0530, 0x058F),
    ("hebrew", 0x0590, 0x05FF),
    ("arabic", 0x0600, 0x077F),
    ("arabic", 0x08A0, 0x08FF),
    ("arabic", 0xFB50, 0xFEFC),
    ("devanagari", 0x0900, 0x097F),
    ("bengali", 0x0980, 0x09FF),
    ("gurmukhi", 0x0A00, 0x0A7F),
    ("gujarati", 0x0A80, 0x0AFF),
    ("oriya", 0x0B00, 0x0B7F),
    ("tamil", 0x0B80, 0x0BFF),
    ("telugu", 0x0C00, 0x0C7F),
    ("kannada", 0x0C80, 0x0CFF),
    ("malayalam", 0x0D00, 0x0D7F),
    ("sinhala", 0x0D80, 0x0DFF),
    ("thai", 0x0E00, 0x0E7F),
    ("lao", 0x0E80, 0x0EFF),
    ("tibetan", 0x0F00, 0x0FFF),
    ("burmese", 0x1000, 0x109F),
    ("georgian", 0x10A0, 0x10FF),
    ("hangul", 0x1100, 0x11FF),
    ("ethiopic", 0x1200, 0x139F),
    ("khmer", 0x1780, 0x17FF),
    ("mongolian", 0x1800, 0x18AF),
    ("kana", 0x3040, 0x30FF),
    ("hangul", 0x3130, 0x318F),
    ("han", 0x3400, 0x9FFF),
    ("hangul", 0xAC00, 0xD7AF),
    ("han", 0xF900, 0xFAFF),
)
# Languages by the script in which news is written in them; what is not here is written in Latin letters.
_SCRIPTS = {
    "arabic": "ar fa ur ps sd ug ckb ku ks pnb skr azb ms bal lrc mzn glk prs",
    "cyrillic": "ru uk be bg sr mk kk ky tg mn tt ba cv os ab ce uz az sh bs tk kv mhr sah crh",
    "greek": "el",
    "hebrew": "he iw yi",
    "devanagari": "hi mr ne sa kok mai bho doi",
    "bengali": "bn as",
    "gurmukhi": "pa",
    "gujarati": "gu",
    "oriya": "or",
    "tamil": "ta",
    "telugu": "te",
    "kannada": "kn",
    "malayalam": "ml",
    "sinhala": "si",
    "thai": "th",
    "lao": "lo",
    "tibetan": "bo dz",
    "burmese": "my",
    "georgian": "ka xmf",
    "armenian": "hy",
    "ethiopic": "am ti",
    "khmer": "km",
    "hangul": "ko",
    "kana": "ja",
    "han": "zh yue ja wuu",
    "mongolian": "mn",
}
_BY_SCRIPT = {script: frozenset(tags.split()) for script, tags in _SCRIPTS.items()}
_ALSO_LATIN = frozenset({"ku", "sr", "uz", "az", "sh", "bs", "tk", "ms", "kk", "crh", "mn"})
_NOT_LATIN = frozenset().union(*_BY_SCRIPT.values()) - _ALSO_LATIN
_ONLY = {script: next(iter(tags)) for script, tags in _BY_SCRIPT.items() if len(tags) == 1} | {
    "bengali": "bn",
    "hebrew": "he",
    "georgian": "ka",
    "han": "zh",
}
# Letters that one language of a script has and its neighbours lack, with what they mean.
_TELLING = {
    "arabic": (("ٹڈڑںے", "ur"), ("پچژگ", "fa"), ("ةىؤ", "ar")),
    "cyrillic": (("ўЎ", "be"), ("їЇєЄґ", "uk"), ("ыЫэЭ", "ru"), ("ђћџљњ", "sr")),
}


def find_language(document: Document, text: str) -> Extracted[str | None]:
    """BCP 47 tag, as the page declares it where that agrees with the script and the words of `text`.

    One that is the same on nearly all pages of the site must agree more clearly.
    Where no declaration agrees, it is inferred from the script or the words if they leave no doubt, else None.
    """
    script = script_of(text)
    words = FunctionWords(text) if script == "latin" else None
    for source, declared in _declarations(document):
        tag = normal_tag(declared)
        if tag is None or not _agrees(language := tag.split("-")[0], script):
            continue
        shared = source == "dom" and document.template.is_shared_value("language", declared)
        if words is None or words.may_be(language, LIKELY if shared else ENOUGH):
            return Extracted(tag, source)
    return Extracted(words.language if words is not None else _from_script(script, text), "dom")


def _declarations(document: Document) -> list[tuple[str, str]]:
    root, facts = document.root, document.facts
    found = [
        ("dom", root.get(name) or "")
        for name in ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang")
    ]
    if language := facts.text("inLanguage", of_page=True):
        found.append(("json-ld", language))
    for value in facts.values("inLanguage", of_page=True):
        if isinstance(value, dict) and isinstance(code := value.get("alternateName"), str):
            found.append(("json-ld", code))
    found += [("opengraph", value) for value in facts.meta("og:locale")]
    found += [
        ("meta", value) for value in facts.meta("content-language", "language", "dc.language", "inlanguage")
    ]
    return found


def normal_tag(declared: str) -> str | None:
    """`EN_us` as `en-US`; None when it is not shaped as a BCP 47 tag (RFC 5646)."""
    match = _TAG.match(declared.strip())
    if match is None:
        return None
    language, script, region = match.groups()
    if language.lower() in ("und", "zxx", "mul", "xx"):
        return None
    return "-".join(filter(None, (language.lower(), script and script.title(), region and region.upper())))


def script_of(text: str) -> str | None:
    """The script that most letters of a text are in; None for a text with few letters.

    Kana anywhere in a Han text makes it Japanese.
    """
    sample = text[:_SAMPLE]
    if sample.isascii() or not _NOT_WESTERN.search(sample):
        few = sample[: 4 * _FEWEST]
        return "latin" if any(sum(map(str.isalpha, part)) >= _FEWEST for part in (few, sample)) else None
    letters = Counter(sample)
    latin = sum(count for letter, count in letters.items() if letter.isascii() and letter.isalpha())
    counts: Counter[str] = Counter({"latin": latin})
    for letter, count in letters.items():
        if not letter.isascii() and (script := _block_of(ord(letter))):
            counts[script] += count
    if not counts or counts.total() < _FEWEST:
        return None
    if counts["kana"] * 20 > counts["han"] > 0 and counts["kana"] + counts["han"] > counts.total() / 3:
        return "kana"
    script, count = counts.most_common(1)[0]
    return script if 2 * count > counts.total() else None


def _block_of(point: int) -> str | None:
    return next((script for script, first, last in _BLOCKS if first <= point <= last), None)


def _agrees(language: str, script: str | None) -> bool:
    if script is None:
        return True
    if script == "latin":
        return language not in _NOT_LATIN
    return language in _BY_SCRIPT.get(script, ())


def _from_script(script: str | None, text: str) -> str | None:
    if script in _ONLY:
        return _ONLY[script]
    for letters, language in _TELLING.get(script or "", ()):
        if sum(text.count(letter) for letter in letters) > 2:
            return language
    return None
