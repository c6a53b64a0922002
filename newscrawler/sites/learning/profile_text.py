"""A learned profile as the text of its TOML file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from newscrawler.sites.learning.field_learner import LearnedField


def profile_text(
    values: Mapping[str, str | bool | Sequence[str]],
    story_urls: Sequence[tuple[str, int]],
    fields: Sequence[LearnedField],
    note: str,
) -> str:
    """The file: `note` and what is not sure as comments, `values` as keys, and a selector for each sure field."""
    lines = [f"# {note}"]
    lines += [f"{key} = {_toml(value)}" for key, value in values.items()]
    if story_urls:
        lines.append(f"story_urls = {_toml([form for form, _ in story_urls])}")
    lines += [
        "",
        "# Behind each selector: on how many of the story pages that have the field it reads the same.",
    ]
    lines.append("[fields]")
    for one in fields:
        if one.selector is not None:
            lines.append(f"{one.name} = {_toml([one.selector])}  # {one.agreed} of {one.pages}")
        else:
            lines.append(f"# {one.name}: {unsure(one)}")
    return "\n".join(lines) + "\n"


def unsure(learned: LearnedField) -> str:
    """Why a field has no selector, and how its values are found without one."""
    best = f" (the best agrees on {learned.agreed} of {learned.pages})" if learned.agreed > 0 else ""
    return f"no selector is sure{best}; found without one: {learned.found_by}"


def _toml(value: str | bool | Sequence[str]) -> str:
    # JSON's strings are TOML's basic strings, but for the one control character that JSON leaves as it is.
    if isinstance(value, (str, bool)):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return "[" + ", ".join(map(_toml, value)) + "]"
