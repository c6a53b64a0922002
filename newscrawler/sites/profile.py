"""One site as a profile describes it, checked on loading."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from newscrawler.discovery import is_language
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.hosts import is_address, normal_host
from newscrawler.url_cleaning import without_login

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_UNFIT = re.compile(r"[\x00-\x20\x7f\\]|\s")  # what browsers refuse, drop, or read as something else
_PLACEHOLDERS = {
    "id": r"(?P<id>\d+)",
    "slug": r"[^/]*",
    "word": r"[a-z][a-z_-]*",
    "date": r"\d{4}/\d{2}/\d{2}",
}

Render = Literal["auto", "always", "never"]


class SiteError(ValueError):
    """A profile or a site's name that cannot be used; the text names file and key, and the remedy."""


def _slug(value: str) -> str:
    if not SLUG.fullmatch(value):
        raise ValueError("a site name has only small letters, digits and hyphens, 64 at most")
    return value


def _is_host(host: str) -> bool:
    """True for a host that may exist: labels as RFC 1123 has them, and `_`; one that ends in a number is an address."""
    labels = host.split(".")
    if labels[-1].isdigit() or ":" in host:
        return is_address(host)
    return all(0 < len(label) <= 63 and label.strip("-") == label for label in labels)


def check_web_address(value: str) -> str:
    """`value` when it is a full http(s) address, else ValueError."""
    try:
        parts = urlsplit(value)
        host, _ = normal_host(parts.hostname or ""), parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or _UNFIT.search(value) or not _is_host(host):
        raise ValueError(
            f"{without_login(value)!r} is not a full web address such as https://www.example.org/"
        )
    return value


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError(f"{value!r} is not a time zone name such as Europe/Berlin")
    return value


def _url_form(value: str) -> str:
    unknown = set(re.findall(r"\{(.*?)\}", value)) - set(_PLACEHOLDERS)
    if unknown or not value.startswith("/"):
        known = ", ".join(f"{{{name}}}" for name in _PLACEHOLDERS)
        raise ValueError(f"{value!r} is not a URL form: it starts with / and may hold {known}")
    return value


def checked_selectors(value: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same selectors. Raises ValueError when one is not CSS or of no field."""
    Selectors(value)
    return value


Slug = Annotated[str, AfterValidator(_slug)]
WebAddress = Annotated[str, AfterValidator(check_web_address)]


def check_language(code: str) -> str:
    """A language's code (ISO 639, a region too), or `all`, as it was given.

    Raises ValueError when it is neither.
    """
    if code != "all" and not is_language(code):
        raise ValueError(f"{code!r} is no language code such as fa or pt-br")
    return code


Language = Annotated[str, AfterValidator(check_language)]


class Site(BaseModel):
    """Profile of one site. Every key of a profile file is one of these."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Slug = Field(description="short name: of the folder in output/, of the lock and of the journal")
    title: str | None = Field(None, description="the site's name as readers know it")
    start: list[WebAddress] = Field(min_length=1, description="where a crawl begins")
    domains: list[str] = Field(default=[], description="domains by which `-a url=` finds this profile")
    scope: str = Field("site", description="`site`, `host` or a path prefix such as `/en/`")
    languages: list[Language] = Field(
        default=[],
        description="other languages of the site that are wanted too, such as `fa`; `all` for every one",
    )
    language: str | None = Field(None, description="BCP 47, when pages do not say")
    time_zone: Annotated[str, AfterValidator(_zone)] | None = Field(
        None, description="IANA zone of printed dates that have none; leave out when not known"
    )
    family: str | None = Field(None, description="CMS family whose selectors also hold here")
    story_urls: list[Annotated[str, AfterValidator(_url_form)]] = Field(
        default=[], description="forms of story paths: `/en/news/{id}/{slug}`; {id}, {slug}, {word}, {date}"
    )
    fields: Annotated[dict[str, list[str]], AfterValidator(checked_selectors)] = Field(
        default={}, description="field -> CSS selectors, the first that selects anything speaks"
    )
    title_suffixes: list[str] = Field(default=[], description="what the site appends to its titles")
    render: Render = Field(
        "auto",
        description="whether pages are shown in a browser: `auto` (those that need it), `always`, `never`",
    )
    demo: bool = Field(False, description="the bundled demo site, served by the crawl itself")

    @cached_property
    def rules(self) -> Selectors:
        """The selectors, compiled."""
        return Selectors(self.fields)

    @cached_property
    def story_patterns(self) -> list[re.Pattern[str]]:
        """`story_urls` as patterns of a whole path; group `id` is the story's number."""
        return [_pattern(form) for form in self.story_urls]

    @cached_property
    def zone(self) -> ZoneInfo | None:
        """The zone of printed dates that have none."""
        return ZoneInfo(self.time_zone) if self.time_zone else None


def _pattern(form: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", form)
    literal, names = parts[::2], parts[1::2]
    pattern = re.escape(literal[0])
    for name, rest in zip(names, literal[1:], strict=True):
        pattern += _PLACEHOLDERS[name] + re.escape(rest)
    return re.compile(pattern + "/?", re.IGNORECASE)


def load_site(path: Path, families: Path) -> Site:
    """The profile in `path`, its family's selectors behind its own.

    Raises SiteError naming the file and the key.
    """
    data = read_toml(path)
    family = data.get("family")
    if isinstance(family, str):
        if not SLUG.fullmatch(family) or not (families / f"{family}.toml").is_file():
            known = ", ".join(sorted(file.stem for file in families.glob("*.toml")))
            raise SiteError(f"{path}: family: there is no family {family!r}; known are: {known}")
        own = data.get("fields", {})
        if isinstance(own, dict):
            inherited = read_toml(families / f"{family}.toml").get("fields", {})
            data["fields"] = {
                field: [*_listed(own.get(field)), *_listed(inherited.get(field))]
                for field in [*own, *(name for name in inherited if name not in own)]
            }
    try:
        site = Site.model_validate(data)
    except ValidationError as error:
        raise SiteError(f"{path}: {validation_lines(error, Site)}") from None
    if site.name != path.stem:
        raise SiteError(f"{path}: name: {site.name!r} must equal the file's name, {path.stem!r}")
    return site


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def read_toml(path: Path) -> dict[str, Any]:
    """The contents of a TOML file. Raises SiteError."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SiteError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise SiteError(f"{path}: is not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SiteError(f"{path}: is not TOML: {error}") from None


def validation_lines(error: ValidationError, model: type[BaseModel]) -> str:
    """The faults of a file in one line, each with its key."""
    lines = []
    for fault in error.errors():
        key = ".".join(str(part) for part in fault["loc"]) or "(whole file)"
        message = fault["msg"].removeprefix("Value error, ")
        if fault["type"] == "extra_forbidden":
            message = f"no such key; known are: {', '.join(model.model_fields)}"
        elif fault["type"] == "missing":
            message = "this key is missing"
        lines.append(f"{key}: {message}")
    return "; ".join(lines)
