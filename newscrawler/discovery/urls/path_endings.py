"""What the last segment of a path says by itself, whatever stands before it."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawler.discovery.urls.canonical_url import is_escaped, may_be_twin
from newscrawler.discovery.urls.file_extensions import is_no_page
from newscrawler.discovery.urls.traps import ACTION
from newscrawler.discovery.urls.url_patterns import LEAST_HEX, form_of

# Words with hyphens between them, as stories have: of these, all say the same. No AMP twin's mark at the end.
_SLUG = re.compile(
    r"(?:[A-Za-z0-9%]{1,100}-){3}[A-Za-z0-9%][A-Za-z0-9_~!$&'()*+,:=@%-]{0,330}(?<![Aa][Mm][Pp])(\.html?)?"
)
_PLAIN = re.compile(r"[A-Za-z0-9_~!$&'()*+,:=@%-][A-Za-z0-9._~!$&'()*+,:=@%-]*")
LONGEST = 640  # characters


class Ending:
    """A kind of last segment: `form` as shapes name it; `no_page`: named like a file that is no page; `is_action`: a
    trap. `may_be_numbered`: a digit stands where a story's number could.
    """

    __slots__ = ("begins_with_digit", "form", "is_action", "may_be_numbered", "no_page")

    def __init__(
        self, form: str, no_page: bool, is_action: bool, begins_with_digit: bool, may_be_numbered: bool
    ) -> None:
        self.form = form
        self.no_page = no_page
        self.is_action = is_action
        self.begins_with_digit = begins_with_digit
        self.may_be_numbered = may_be_numbered


def ending_of(last: str) -> Ending | None:
    """What a last segment says, one object for all of a kind; None where it needs canonicalisation, or may be a twin's
    mark."""
    slug = _SLUG.fullmatch(last)
    if slug is not None and ("%" not in last or is_escaped(last)):
        suffix = slug[1]
        end = last[-1 - len(suffix)] if suffix else last[-1]
        return _SLUGS[suffix, last[0] <= "9", end <= "9"]
    if len(last) < LEAST_HEX and last.isascii():
        if last.replace("-", "").isalpha() and last.count("-") < 3:
            low = last.lower()
            return _read(last) if low in ACTION or may_be_twin(low) else _WORDS
        if last.isdecimal():
            return _NUMBER
    return _read(last)


@lru_cache(maxsize=1 << 12)
def _read(last: str) -> Ending | None:
    if len(last) > LONGEST or _PLAIN.fullmatch(last) is None or not is_escaped(last) or may_be_twin(last):
        return None
    stem = last.rpartition(".")[0]
    digit = last[0] <= "9"
    numbered = digit or last[-1] <= "9" or "" < stem[-1:] <= "9"
    return _ending(form_of(last), is_no_page(last), last.lower() in ACTION, digit, numbered)


_ending = lru_cache(maxsize=1 << 12)(Ending)
_WORDS = _ending("<word>", False, False, False, False)
_NUMBER = _ending("<num>", False, False, True, True)
_SLUGS = {
    (suffix, digit, number): _ending(f"<slug>{suffix or ''}", False, False, digit, digit or number)
    for suffix in (None, ".htm", ".html")
    for digit in (False, True)
    for number in (False, True)
}
