"""Filter of pages that were seen already; each further link to one counts for the page that links."""

from __future__ import annotations

from newscrawler.discovery.frontier.candidates import Candidate
from newscrawler.discovery.frontier.link_types import LinkType
from newscrawler.discovery.frontier.page_yield import PageYield

MOST_NAVIGATION = (
    100_000  # navigation links remembered: menus are on every page, and say nothing the second time
)
_LISTING = frozenset({LinkType.LISTING, LinkType.RELATED, LinkType.FEED, LinkType.SITEMAP})


class DupeFilter:
    """Keys of pages that are not asked for again.

    `seen`: requested in this run, or fetched under another URL, or known; `known_stories`: those of them that
    earlier runs have as stories; `navigation`: URLs of navigation links; `canonical_claims`: those of the seen keys
    that only another page's rel=canonical names, each with the candidate that was pending there or was found since.
    """

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.known_stories: set[str] = set()
        self.navigation: set[str] = set()
        self.canonical_claims: dict[str, Candidate | None] = {}

    def mark_known(self, keys: set[str]) -> None:
        """Add stories of earlier runs."""
        self.known_stories |= keys
        self.seen |= keys

    def claim_canonical(self, key: str, pending: Candidate | None) -> None:
        """Mark a key as seen because a page that was read declares it as its canonical URL."""
        if key not in self.seen:
            self.seen.add(key)
            self.canonical_claims[key] = pending

    def release_canonical(self, key: str) -> Candidate | None:
        """Undo a wrong claim; the candidate that may be requested after all."""
        if key not in self.canonical_claims:
            return None
        self.seen.discard(key)
        return self.canonical_claims.pop(key)

    def count_seen(
        self, key: str, link_type: LinkType, parent: Candidate | None, page_yield: PageYield | None
    ) -> None:
        """Count a link to a page that was seen. `parent`, `page_yield`: of the page with the link."""
        if page_yield is None:
            return
        if key in self.known_stories:
            page_yield.known += link_type != LinkType.NAVIGATION
        elif key in self.seen:
            self.count_listed(key, link_type, parent, page_yield)

    @staticmethod
    def count_listed(key: str, link_type: LinkType, parent: Candidate | None, page_yield: PageYield) -> None:
        """Count a listed story of this run as progress, if pages of the same queue did not list it before."""
        queue = parent.queue if parent is not None else None
        if link_type in _LISTING and queue is not None:
            mark = hash(key)
            if mark not in queue.listed:
                queue.listed.add(mark)
                page_yield.progress += 1
