"""What stands inside what: menus, heads and feet of a page, blocks of other stories."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree


class Inside:
    """Whether elements of one page stand inside one that is `such`; found once for all that share an element above."""

    def __init__(self, such: Callable[[etree._Element], bool]) -> None:
        self._such = such
        self._known: dict[etree._Element, bool] = {}

    def holds(self, element: etree._Element) -> bool:
        """Whether one of the elements around this one is such."""
        passed = []
        found: bool | None = None
        above = element.getparent()
        while above is not None and (found := self._known.get(above)) is None:
            passed.append(above)
            if self._such(above):
                found = True
                break
            above = above.getparent()
        self._known.update(dict.fromkeys(passed, bool(found)))
        return bool(found)
