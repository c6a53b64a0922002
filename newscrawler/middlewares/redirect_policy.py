"""Policy for redirects: they stay within the crawl's scope, and lead to no page that is known."""

from __future__ import annotations

from newscrawler.crawl_state import CrawlState
from newscrawler.discovery import Candidate, ExpectedType
from newscrawler.exceptions import Refused
from newscrawler.outcome import Outcome


def redirect_refusal(state: CrawlState, candidate: Candidate, url: str) -> Refused | None:
    """Why a redirect of the candidate's page to `url` is not to be followed; None when it may be."""
    canonicalizer = state.frontier.canonicalizer
    key = canonicalizer.key(url)
    # The canonicalizer may have learned since that the candidate's key is another one.
    if state.scope.is_counted(url):
        return Refused(Outcome.REDIRECTED, f"{url} leads to no page of the site")
    if url == candidate.url or key in (candidate.key, canonicalizer.key(candidate.url)):
        return None
    is_source = candidate.expected_type == ExpectedType.SOURCE
    if is_source and not state.scope.off_site(candidate.url):
        state.scope.vouch(url)
    if reason := (state.scope.source_refusal(url) if is_source else state.scope.refusal(url)):
        return Refused(Outcome.REDIRECTED, f"to {url}, out of scope: {reason}")
    if state.frontier.is_seen(key):
        return Refused(Outcome.DUPLICATE_URL, f"redirects to {url}")
    return None
