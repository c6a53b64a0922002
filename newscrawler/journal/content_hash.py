"""The hash of a story's text, which changes with it."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# White space, and the format characters (Unicode category Cf) that pages put in and take out at will.
_UNSEEN = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+"
)


def content_hash(title: str, lead: str | None, body: str) -> str:
    """A hash of what a reader reads: 32 hexadecimal digits, the same whatever the white space.

    The parts are read as one text, so that it stays the same when the lead is separated from the body
    in another way. Case and punctuation count: an editor changed them.
    """
    text = f"{title}{lead or ''}{body}"
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = _UNSEEN.sub("", text)
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=16).hexdigest()
