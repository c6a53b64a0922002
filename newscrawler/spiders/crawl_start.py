"""Makes the state of a crawl, with what earlier runs learned of the site."""

from __future__ import annotations

from newscrawler.arguments import Arguments
from newscrawler.crawl_state import CrawlState
from newscrawler.discovery import Frontier, Scope, UrlCanonicalizer
from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.spiders.earlier_runs import EarlierRuns

# The journal's names for what was learned of the site.
FRONTIER, CANONICALIZER = "frontier", "addresses"


def new_crawl_state(arguments: Arguments, journal: JournalExtension, earlier: EarlierRuns) -> CrawlState:
    """The state of a crawl that begins. Raises `JournalFailed`."""
    site = arguments.site
    scope = Scope(site.start, site.scope, site.languages)
    done_keys = None if arguments.again else earlier.done_keys
    frontier = Frontier(
        UrlCanonicalizer(site.story_patterns, journal.recall(CANONICALIZER)),
        scope,
        follow=arguments.follow,
        since=arguments.since,
        known=done_keys,
        learned=journal.recall(FRONTIER),
    )
    return CrawlState(arguments, scope, frontier, done_keys)
