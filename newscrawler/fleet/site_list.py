"""Lists of sites to crawl: by name, by address, or as a file of either."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newscrawler.sites import Catalogue, SiteError, site_for_url

_MAXSIZE = 64 * 1024 * 1024  # bytes of a file: some 1,000,000 addresses
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class SiteListError(ValueError):
    """A list that cannot be used; the text is one line for the user."""


@dataclass(frozen=True)
class ListedSite:
    """One entry of a list.

    `name`: the site's short name, or the entry as it was written where there is a `problem`. `argument`: what
    `scrapy crawl site -a` is given.
    """

    name: str
    argument: str
    problem: str | None = None


def sites_named(entries: Iterable[str], catalogue: Catalogue) -> list[ListedSite]:
    """The sites of these names and addresses, each once, in their order."""
    found: dict[str, ListedSite] = {}
    for entry in entries:
        site = _listed(entry, catalogue)
        found.setdefault(site.argument, site)
    return list(found.values())


def sites_of_file(path: Path, catalogue: Catalogue) -> list[ListedSite]:
    """The sites of a file with a name or an address a line, as a spreadsheet's column is saved or copied.

    Empty lines and those that begin with `#` are left out, and so is a heading in the first line. Of a line with tabs
    the first cell counts. Raises SiteListError when the file cannot be read or has no entry.
    """
    entries = list(_entries(_text(path)))
    if entries and _is_heading(entries[0], catalogue):
        del entries[0]
    if not entries:
        raise SiteListError(f"{path}: no site in it; write an address or a site's name a line")
    return sites_named(entries, catalogue)


def sites_with_profile(catalogue: Catalogue) -> list[ListedSite]:
    """All sites that have a profile of the user's own. Raises SiteListError when there is none."""
    names = [name for name in catalogue.names if not catalogue.is_bundled(name)]
    if not names:
        raise SiteListError(
            "there are no profiles of yours (see the setting SITES_DIRS): name sites, or give a file of addresses "
            "with --file"
        )
    return sites_named(names, catalogue)


def _listed(entry: str, catalogue: Catalogue) -> ListedSite:
    is_address = "/" in entry or "." in entry or ":" in entry
    try:
        if entry in catalogue.names or not is_address:
            return ListedSite(catalogue.site(entry).name, f"site={entry}")
        return ListedSite(site_for_url(entry, catalogue).name, f"url={entry}")
    except SiteError as error:
        return ListedSite(entry, entry, problem=str(error))


def _is_heading(entry: str, catalogue: Catalogue) -> bool:
    return entry not in catalogue.names and entry != "localhost" and not any(mark in entry for mark in "./:")


def _entries(text: str) -> Iterator[str]:
    for line in text.splitlines():
        entry = line.split("\t")[0].strip().strip('"').strip()
        if entry and not entry.startswith("#"):
            yield entry


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MAXSIZE + 1)
    except OSError as error:
        raise SiteListError(f"{path} cannot be read: {error.strerror or error}") from None
    if len(data) > _MAXSIZE:
        raise SiteListError(f"{path} is larger than {_MAXSIZE >> 20} MB: split it")
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SiteListError(
            f"{path} is no text in {encoding} (byte {error.start}): save it as UTF-8"
        ) from None
