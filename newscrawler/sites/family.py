"""CMS families: which one made a page, by evidence on it, and where it prints its fields."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from newscrawler.extraction import Selectors
from newscrawler.extraction.html.document import Document
from newscrawler.sites.profile import SiteError, checked_selectors, read_toml, validation_lines

FOLDER = Path(__file__).parent / "families"
_MOST_SCRIPTS = 200  # of a page that are looked at


def _checked_marks(value: list[str]) -> list[str]:
    Selectors({"remove": value})
    return value


class Evidence(BaseModel):
    """Marks of a family on its pages; each one alone is enough."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    generator: list[str] = Field(default=[], description="beginnings of `<meta name=generator>`")
    scripts: list[str] = Field(default=[], description="parts of addresses of scripts and style sheets")
    marks: Annotated[list[str], AfterValidator(_checked_marks)] = Field(
        default=[], description="CSS selectors of what only its pages have"
    )


class Family(BaseModel):
    """One family's file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    evidence: Evidence = Evidence()
    fields: Annotated[dict[str, list[str]], AfterValidator(checked_selectors)]

    @cached_property
    def selectors(self) -> Selectors:
        """The selectors of its fields, compiled."""
        return Selectors(self.fields)

    @cached_property
    def _marks(self) -> Selectors:
        return Selectors({"remove": self.evidence.marks})

    def made(self, document: Document) -> bool:
        """True when the page bears one of the family's marks."""
        generators = [value.casefold() for value in document.meta.get("generator", ())]
        if any(
            value.startswith(known.casefold()) for known in self.evidence.generator for value in generators
        ):
            return True
        if self.evidence.scripts and any(
            part in address for address in _addresses(document) for part in self.evidence.scripts
        ):
            return True
        return bool(self.evidence.marks) and bool(self._marks.select(document.root, "remove"))


def load_family(path: Path) -> Family:
    """The family in a file. Raises SiteError naming the file and the key."""
    try:
        return Family.model_validate(read_toml(path))
    except ValidationError as error:
        raise SiteError(f"{path}: {validation_lines(error, Family)}") from None


@lru_cache(maxsize=1)
def families() -> Sequence[Family]:
    """The bundled families, in the order of their names."""
    return tuple(load_family(path) for path in sorted(FOLDER.glob("*.toml")))


def family_selectors(document: Document) -> Selectors:
    """The selectors of the family that made the page; none for a page that bears no family's marks."""
    return next((family.selectors for family in families() if family.made(document)), Selectors())


def _addresses(document: Document) -> list[str]:
    scripts = [element.get("src") or "" for element in document.index.by_tag["script"][:_MOST_SCRIPTS]]
    return scripts + [element.get("href") or "" for element in document.index.by_tag["link"][:_MOST_SCRIPTS]]
