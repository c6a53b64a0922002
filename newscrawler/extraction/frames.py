"""Which elements stand in a page's frame: its menus, its head and foot."""

from __future__ import annotations

from lxml import etree


class Frame:
    """Whether elements of one page stand inside others of some tags; found once for all that share an element above."""

    def __init__(self, *tags: str) -> None:
        self._tags = frozenset(tags)
        self._known: dict[etree._Element, bool] = {}

    def holds(self, element: etree._Element) -> bool:
        """Whether an element stands inside one of the tags."""
        passed = []
        above = element.getparent()
        found: bool | None = None
        while above is not None and (found := self._known.get(above)) is None:
            passed.append(above)
            if above.tag in self._tags:
                found = True
                break
            above = above.getparent()
        self._known.update(dict.fromkeys(passed, bool(found)))
        return bool(found)
