"""Printed labels that announce what follows: tags, related stories, the story's number, comments.

The labels are in `printed_labels.toml`; matched whole, case and colon apart.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

LABELS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
# A few announce tags on one site and stories on another (`mehr zum thema`): what they lead to decides.
EITHER = "tags or related"
TAGS, RELATED = frozenset(("tags", EITHER)), frozenset(("related", EITHER))
_MEANS: dict[str, str] = {}
for _kind in ("comments", "code", "related", "tags"):
    for _label in LABELS[_kind]:
        _key = " ".join(_label.split()).casefold()
        _MEANS[_key] = EITHER if _kind == "tags" and _MEANS.get(_key) == "related" else _kind
LONGEST_LABEL = max(map(len, _MEANS))  # characters
_EDGES = "\u200b \t\r\n\u00a0:：|•·»›>-–—▶►▼#[]()*"


def label_of(text: str) -> tuple[str, str] | None:
    """The announcement of a label (`tags`, `related`, `EITHER`, `code`, `comments`), and the text after its colon."""
    head = text.strip()
    if not head:
        return None
    first = head[0]
    if (first.isascii() and not first.isalpha()) or head[-1] in _EDGES:
        head = head.strip(_EDGES)
    if len(head) <= LONGEST_LABEL and (means := _MEANS.get(head.casefold())):
        return means, ""
    if ":" in head or "：" in head:
        for colon in (":", "："):
            before, found, rest = head.partition(colon)
            if found and (means := _MEANS.get(" ".join(before.split()).casefold())):
                return means, rest.strip()
    elif "\n" in head or "  " in head or "\u00a0" in head:
        return _whole(head)
    return None


def _whole(head: str) -> tuple[str, str] | None:
    means = _MEANS.get(" ".join(head.split()).casefold())
    return (means, "") if means else None
