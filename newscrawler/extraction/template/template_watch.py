"""Notices that a site's pages are no longer of the template that its memory knows."""

from __future__ import annotations

from collections import deque

from newscrawler.extraction.html.site_template import SiteTemplate

_NEWEST = 20  # pages: fewer may be a section that was not seen before
_FALLEN = 0.5  # of the agreement that the memory had
_HELD = 0.8  # of it, from which the newest pages are of the template that is known


class TemplateWatch:
    """The newest pages of a run against the places of headlines and texts that a template knows."""

    def __init__(self, template: SiteTemplate) -> None:
        self._template = template
        self._agreeing: deque[bool] = deque(maxlen=_NEWEST)

    def knows(self, headline: str, body: str) -> bool:
        """True when the template knows one of the places of a page's headline and text."""
        return not self._template.places.isdisjoint((("title", headline), ("body", body)))

    def is_changed_by(self, headline: str, body: str) -> bool:
        """True when with this page, by the paths of its headline and text, the agreement has fallen too low."""
        if not self._template.places:
            return False
        self._agreeing.append(self.knows(headline, body))
        least = _FALLEN * self._template.agreement * _NEWEST
        return len(self._agreeing) == _NEWEST and sum(self._agreeing) < least

    @property
    def agrees(self) -> bool:
        """True when the newest pages are still of the template, so that it can be learned on from them."""
        least = _HELD * self._template.agreement * _NEWEST
        return len(self._agreeing) == _NEWEST and sum(self._agreeing) >= least
