"""Pages that need no second look, and what links to them say of the pages that they stand on."""

from __future__ import annotations

from newscrawler.discovery.frontier.candidate_queues import CandidateQueue
from newscrawler.discovery.frontier.candidates import Candidate
from newscrawler.discovery.frontier.page_yield import PageYield

MOST_MENU = 100_000  # navigation links remembered: menus stand on every page, and say nothing the second time
_LISTING = frozenset({"listing", "related", "feed", "sitemap"})


class DupeFilter:
    """`taken`: keys given out in this run, or fetched under another URL, or known; `old`: those that earlier runs
    have as stories; `menu`: URLs of navigation links; `claimed`: of the taken ones, those that only another page's
    rel=canonical speaks of, each with the candidate that waited there or was named since."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.old: set[str] = set()
        self.menu: set[str] = set()
        self.claimed: dict[str, Candidate | None] = {}

    def know(self, keys: set[str]) -> None:
        """Earlier runs have these as stories."""
        self.old |= keys
        self.taken |= keys

    def claim(self, key: str, waiting: Candidate | None) -> None:
        """A page that was read says that it is really the one of this key, which is taken therefore."""
        if key not in self.taken:
            self.taken.add(key)
            self.claimed[key] = waiting

    def unclaim(self, key: str) -> Candidate | None:
        """The claim was wrong: the candidate that may be asked for after all."""
        if key not in self.claimed:
            return None
        self.taken.discard(key)
        return self.claimed.pop(key)

    def again(self, key: str, link_type: str, parent: Candidate | None, tally: PageYield | None) -> None:
        """A page links to one that was taken: what that says of it, if it is read now (`parent`, its `tally`)."""
        if tally is None:
            return
        if key in self.old:
            tally.known += link_type != "navigation"
        elif key in self.taken:
            self.listed(key, link_type, parent, tally)

    @staticmethod
    def listed(key: str, link_type: str, parent: Candidate | None, tally: PageYield) -> None:
        """A page lists a story that is known in this run: progress, if pages of its kind did not list it yet."""
        bucket = parent.bucket if parent is not None else None
        if link_type in _LISTING and isinstance(bucket, CandidateQueue):
            mark = hash(key)
            if mark not in bucket.listed:
                bucket.listed.add(mark)
                tally.progress += 1
