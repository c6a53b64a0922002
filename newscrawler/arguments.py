"""Arguments of `scrapy crawl site -a NAME=VALUE`, checked before anything is fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.utils.conf import closest_scrapy_cfg

from newscrawler.proxies import proxies_of
from newscrawler.sites import Catalogue, Site, SiteError, site_for_url
from newscrawler.sites.profile import check_language
from newscrawler.url_cleaning import login_of, origin_of, without_login

FOLLOW = ("listings", "related", "feeds", "sitemaps")
NAMES = ("site", "url", "since", "max_stories", "follow", "scope", "languages", "again", "render")
_SPANS = {"h": "hours", "d": "days", "w": "weeks"}


class ArgumentError(ValueError):
    """An argument that cannot be used; the text says which, what was wrong and what to do."""


@dataclass(frozen=True)
class Arguments:
    """One crawl's arguments. `since` is aware; None where nothing was asked for."""

    site: Site
    since: datetime | None
    max_stories: int | None
    follow: frozenset[str]
    again: bool
    logins: dict[str, str] = field(default_factory=dict, repr=False)  # of start addresses, by their origin

    @property
    def is_partial(self) -> bool:
        """True when the crawl leaves out a part of the site on purpose."""
        return self.since is not None or self.follow != frozenset(FOLLOW)


def read_arguments(given: dict[str, Any], settings: BaseSettings, now: datetime | None = None) -> Arguments:
    """The checked arguments.

    Raises ArgumentError with one line when a name is not known, a value is not right, or the site's profile
    cannot be used.
    """
    unknown = sorted(set(given) - set(NAMES))
    if unknown:
        raise ArgumentError(f"-a {unknown[0]}=...: no such argument; known are {', '.join(NAMES)}")
    try:
        site = _site(given, settings)
        logins = {origin_of(url): login for url in site.start if (login := login_of(url)) is not None}
        changes: dict[str, Any] = {"start": [without_login(url) for url in site.start]}
        if "scope" in given:
            changes["scope"] = _scope(str(given["scope"]))
        if "languages" in given:
            changes["languages"] = _languages(str(given["languages"]))
        if "render" in given:
            changes["render"] = _choice("render", str(given["render"]), ("auto", "always", "never"))
        site = site.model_copy(update=changes)
    except SiteError as error:
        raise ArgumentError(str(error)) from None
    if (titles := settings.get("DUPLICATE_TITLES", "text")) not in ("text", "strict"):
        raise ArgumentError(f"the setting DUPLICATE_TITLES is {titles!r}: write text or strict")
    if (stories := settings.get("STORIES", "news")) not in ("news", "all"):
        raise ArgumentError(f"the setting STORIES is {stories!r}: write news or all")
    try:
        proxies_of(settings)
    except ValueError as error:
        raise ArgumentError(str(error)) from None
    return Arguments(
        site=site,
        since=_since(str(given["since"]), site, now or datetime.now(UTC)) if "since" in given else None,
        max_stories=_count("max_stories", str(given["max_stories"])) if "max_stories" in given else None,
        follow=_follow(str(given["follow"])) if "follow" in given else frozenset(FOLLOW),
        again=_truth("again", str(given.get("again", "false"))),
        logins=logins,
    )


def arguments_of(crawler: Crawler) -> Arguments:
    """The arguments of a running crawl, for its components."""
    return cast(Arguments, cast(Any, crawler.spider).arguments)


def profile_folders(settings: BaseSettings) -> list[Path]:
    """Folders of the user's own profiles: SITES_DIRS, else `sites/` beside scrapy.cfg where there is one."""
    if folders := settings.getlist("SITES_DIRS"):
        return [Path(folder) for folder in folders]
    folder = _beside_configuration()
    return [folder] if folder.is_dir() else []


def profile_folder(settings: BaseSettings) -> Path:
    """The folder for a new profile; it need not be there yet."""
    return next(iter(profile_folders(settings)), _beside_configuration())


def _beside_configuration() -> Path:
    return Path(closest_scrapy_cfg()).parent / "sites"


def _site(given: dict[str, Any], settings: BaseSettings) -> Site:
    if "site" in given and "url" in given:
        raise ArgumentError("give either -a site=NAME or -a url=URL, not both")
    catalogue = Catalogue(profile_folders(settings))
    if "url" in given:
        return site_for_url(str(given["url"]).strip(), catalogue)
    name = given["site"] if "site" in given else settings.get("SITE")
    return catalogue.site(str(name))


def _since(text: str, site: Site, now: datetime) -> datetime:
    if span := re.fullmatch(r"(\d{1,4})\s*([hdw])", text.strip()):
        return now - timedelta(**{_SPANS[span[2]]: int(span[1])})
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ArgumentError(
            f"-a since={text}: not a date; write {date.today().isoformat()}, {now:%Y-%m-%dT%H:%M}, or 3d, 12h, 2w"
        ) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=site.zone or UTC)
    if moment > now + timedelta(days=1):  # it may be tomorrow somewhere
        raise ArgumentError(f"-a since={text}: is still to come; no story can be as new as that")
    return moment


def _count(name: str, text: str) -> int:
    if not text.strip().isascii() or not text.strip().isdigit() or not 0 < int(text) < 10**9:
        raise ArgumentError(f"-a {name}={text}: not a whole number above zero")
    return int(text)


def _follow(text: str) -> frozenset[str]:
    names = frozenset(name.strip() for name in text.split(",") if name.strip())
    if not names or names - set(FOLLOW):
        wrong = ", ".join(sorted(names - set(FOLLOW))) or "nothing"
        raise ArgumentError(
            f"-a follow={text}: {wrong} is not to be followed; choose from {','.join(FOLLOW)}"
        )
    return names


def _scope(text: str) -> str:
    if text not in ("site", "host") and not text.startswith("/"):
        raise ArgumentError(f"-a scope={text}: write site, host, or a path such as /en/")
    return text


def _languages(text: str) -> list[str]:
    codes = [code.strip().lower() for code in text.split(",") if code.strip()]
    try:
        wanted = [check_language(code) for code in codes]
    except ValueError as error:
        raise ArgumentError(f"-a languages={text}: {error}; write fa,ar or all") from None
    if not wanted:
        raise ArgumentError(f"-a languages={text}: no language; write fa,ar or all")
    return wanted


def _choice(name: str, text: str, known: tuple[str, ...]) -> str:
    if text not in known:
        raise ArgumentError(f"-a {name}={text}: write one of {', '.join(known)}")
    return text


def _truth(name: str, text: str) -> bool:
    if text.lower() not in ("true", "false", "yes", "no", "1", "0"):
        raise ArgumentError(f"-a {name}={text}: write true or false")
    return text.lower() in ("true", "yes", "1")
