"""All profiles: found by name, or by the domain of a URL."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from newscrawler.hosts import is_address
from newscrawler.sites.profile import SLUG, Site, SiteError, check_web_address, load_site

_BARE = re.compile(r"(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d{1,5})?(?:[/?].*)?")
_BUNDLED = Path(__file__).parent


class Catalogue:
    """The bundled profiles and those in `folders`; of two with one name the one in `folders` wins."""

    def __init__(self, folders: Sequence[Path | str] = ()) -> None:
        self._files: dict[str, Path] = {}
        for folder in (_BUNDLED, *(Path(folder) for folder in folders)):
            if not folder.is_dir():
                raise SiteError(f"{folder}: there is no such folder of profiles; see the setting SITES_DIRS")
            self._files.update((file.stem, file) for file in sorted(folder.glob("*.toml")))

    @property
    def names(self) -> list[str]:
        """Every profile's name."""
        return sorted(self._files)

    def file(self, name: str) -> Path:
        """The file of the profile of that name. Raises KeyError when there is none."""
        return self._files[name]

    def is_bundled(self, name: str) -> bool:
        """True when the profile came with this program. Raises KeyError when there is none."""
        return self._files[name].parent == _BUNDLED

    def site(self, name: str) -> Site:
        """The profile of that name; SiteError, with the nearest names, when there is none."""
        if name not in self._files:
            near = difflib.get_close_matches(name, self.names, 3) or self.names
            raise SiteError(
                f"there is no site {name!r}; known are: {', '.join(near)}. "
                "Crawl any other site with -a url=https://..."
            )
        return load_site(self._files[name], _BUNDLED / "families")

    def by_url(self, url: str) -> Site | None:
        """The profile whose domains the URL's host belongs to, if any; a bundled one after all others."""
        host = (urlsplit(url).hostname or "").lower()
        for name in sorted(self._files, key=lambda name: (self.is_bundled(name), name)):
            if self._mentions(name, host):
                site = self.site(name)
                if any(host == domain or host.endswith("." + domain) for domain in site.domains):
                    return site
        return None

    def _mentions(self, name: str, host: str) -> bool:
        # A cheap look before a file is parsed: with thousands of profiles most cannot match.
        text = self._files[name].read_text("utf-8", "replace")
        labels = host.split(".")
        return any(".".join(labels[i:]) in text for i in range(max(1, len(labels) - 1)))


def site_for_url(url: str, catalogue: Catalogue) -> Site:
    """The profile for `-a url=`: the known site with this start address, else one made from the host alone.

    An address without a scheme, as people type it, is taken as https; one of this machine as http.
    Raises SiteError when `url` is not a web address.
    """
    url = _with_scheme(url)
    site = site_of_host(url)
    known = catalogue.by_url(url)
    return site if known is None else known.model_copy(update={"start": [url]})


def _with_scheme(url: str) -> str:
    if not _BARE.fullmatch(url):
        return url
    host = url.split("/", 1)[0].partition(":")[0]
    return f"{'http' if host == 'localhost' or is_address(host) else 'https'}://{url}"


def site_of_host(url: str) -> Site:
    """A site with this start address, named by its host and with no profile.

    Raises SiteError when `url` is not a web address.
    """
    try:
        check_web_address(url)
    except ValueError as error:
        raise SiteError(str(error)) from None
    parts = urlsplit(url)
    host = _ascii_host(parts.hostname or "").removeprefix("www.")
    port = f"-{parts.port}" if parts.port else ""
    name = re.sub(r"[^a-z0-9]+", "-", host + port)[:64].strip("-")
    if not SLUG.fullmatch(name):
        raise SiteError(f"{url!r} has no host that a site could be named by")
    return Site(name=name, start=[url])


def _ascii_host(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host
