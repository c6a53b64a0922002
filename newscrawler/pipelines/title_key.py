"""The key by which duplicate titles are found."""

from __future__ import annotations

import re
import unicodedata

# Letters that keyboards write differently for one letter (Arabic and Persian forms), and word-shaping signs.
_VARIANTS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ئ": "ی",
        "ك": "ک",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ة": "ه",
        "ۀ": "ه",
        "ؤ": "و",
        "ـ": None,
        "ё": "е",
        "ς": "σ",
    }
)
_PREFIX = re.compile(
    r"^\W*(?:upd(?:ate)?d?(?:\s*\d+)?|breaking(?:\s+news)?|just\s+in|exclusive|corrected|correction|"
    r"actualizaci[oó]n|actualizado|urgente?|mise\s+à\s+jour|eilmeldung|aggiornamento|обновлено|срочно|عاجل|فوری)"
    r"\s*[:：|–—-]\s*",
    re.IGNORECASE,
)


def title_key(title: str, site_name: str | None = None) -> str:
    """The rest of a title when case, quotes, dashes, digits' scripts and invisible signs are gone.

    Two titles of one site with equal keys are the same title. Words stay apart, so that `a b` and `ab` differ.
    `site_name` is left out where it stands behind a separator at the end. Empty only for an empty title;
    one made of signs alone keeps them.
    """
    text = unicodedata.normalize("NFKC", title)
    while (shorter := _PREFIX.sub("", text, count=1)) != text and shorter.strip():
        text = shorter
    if site_name:
        name = re.escape(unicodedata.normalize("NFKC", site_name))
        text = re.sub(rf"(?<=\S)\s*[-–—|·:»]\s*{name}\s*$", "", text, flags=re.IGNORECASE)
    # Combining marks go only where they are vowel signs of Arabic and Hebrew; elsewhere they make letters.
    folded = unicodedata.normalize("NFC", text.casefold()).translate(_VARIANTS)
    kept = []
    for character in folded:
        category = unicodedata.category(character)
        if category == "Nd":
            kept.append(str(unicodedata.decimal(character)))
        elif category[0] in "LN" or category == "Mc":
            kept.append(character)
        elif category == "Mn":
            if not ("\u0591" <= character <= "\u05c7" or "\u064b" <= character <= "\u0670"):
                kept.append(character)
        elif category in ("Cf", "Cc", "Cs") or character in "'’‘ʼ`´":
            if category == "Cc":
                kept.append(" ")
        else:
            kept.append(" ")
    return " ".join("".join(kept).split()) or " ".join(text.split())
