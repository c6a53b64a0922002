"""Decides how a visit of a page ends, by its answer, its content or its failure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response

from newscrawler.browser.exceptions import NotShown
from newscrawler.browser.render_request import was_unfinished
from newscrawler.discovery import Candidate, PageOutcome, is_print_form, shape_of
from newscrawler.exceptions import BadCertificate, Refused
from newscrawler.extensions.rendering import RenderingExtension
from newscrawler.extraction import Page
from newscrawler.extraction.page_type.page_classifier import PageType
from newscrawler.outcome import Outcome, http_outcome
from newscrawler.spiders.time_limit import TooSlow

# Statuses that may be gone in a later run: refusals, overload, timeouts (522 and 524 are Cloudflare's).
_TEMPORARY = frozenset({401, 403, 407, 408, 425, 429, 500, 502, 503, 504, 522, 524})
_NO_PAGE = frozenset({Outcome.BLOCKED, Outcome.LOGIN_WALL, Outcome.CONSENT_WALL, Outcome.ERROR_PAGE})
_TRY_AGAIN = _NO_PAGE | {Outcome.NO_BODY}
_TOO_MANY = "max redirections reached"  # the reason of Scrapy's RedirectMiddleware
_UNSENT = frozenset({Outcome.LEFT, Outcome.ROBOTS_UNREACHABLE})  # a later run may send these requests
_DUPLICATES = frozenset({Outcome.REDIRECTED, Outcome.DUPLICATE_URL})


class Record(Enum):
    """The way in which the journal takes a visit."""

    DONE = auto()
    RETRY = auto()  # a later run tries again, up to MAX_ATTEMPTS
    UNCHANGED = auto()  # as the visit before
    PENDING = auto()  # as if it had not been asked for


@dataclass(frozen=True, slots=True)
class Verdict:
    """The end of a visit: outcome and reason for the record, and the word for `Frontier.report`."""

    outcome: str
    reason: str
    evidence: PageOutcome
    record: Record = Record.DONE


UNDATED = Verdict(
    Outcome.UNDATED_PAGE,
    "undated-page: neither this page nor others like it print a date, as the site's news do",
    PageOutcome.OTHER,
)


def of_answer(response: Response, *, is_known_page: bool) -> Verdict | None:
    """The verdict on an answer without a page to read; None when it has one.

    `is_known_page`: it was a story or a source before, so that a 304 is no evidence about its kind.
    """
    status = response.status
    if status in (200, 203) or (status == 206 and response.body.rstrip().lower().endswith(b"</html>")):
        return None
    if status == 304 and _has_validators(response):
        evidence = PageOutcome.NOT_MODIFIED if is_known_page else PageOutcome.LISTING
        reason = "nothing changed since the last look"
        return Verdict(Outcome.NOT_MODIFIED, reason, evidence, Record.UNCHANGED)
    record = Record.RETRY if status in _TEMPORARY or status == 304 else Record.DONE
    evidence = PageOutcome.GONE if status in (404, 410) else PageOutcome.ERROR
    return Verdict(http_outcome(status), f"answered {status}", evidence, record)


def _has_validators(response: Response) -> bool:
    """True when the request asked for nothing but a changed page (RFC 9110, section 13.1)."""
    asked = response.request.headers if response.request is not None else {}
    return "If-None-Match" in asked or "If-Modified-Since" in asked


def of_refusal(refusal: Refused) -> Verdict:
    """The verdict on a page that was redirected out of the scope, or to a page that is known."""
    evidence = PageOutcome.DUPLICATE if refusal.outcome in _DUPLICATES else PageOutcome.ERROR
    return Verdict(refusal.outcome, refusal.reason, evidence)


def of_page(page: Page, response: Response, rendering: RenderingExtension) -> Verdict:
    """The verdict on a page that was read and is no story."""
    if lack := rendering.lack_of_browser(page, response):
        return Verdict(Outcome.NEEDS_BROWSER, lack, PageOutcome(page.kind))
    if was_unfinished(response) and page.kind == "other":
        reason = "in the browser: it did not come to rest in its time"
        return Verdict(Outcome.ERROR, reason, PageOutcome(page.kind), Record.RETRY)
    outcome = Outcome.LISTING if page.kind == "listing" else page.reason.split()[0].rstrip(":,;")
    is_blank = not response.body.strip()
    record = Record.RETRY if outcome in _TRY_AGAIN or is_blank else Record.DONE
    reason = rendering.reason_of(page, response)
    if page.document.cut:
        reason += f"; not read to its end: {page.document.cut}"
    return Verdict(outcome, reason, PageOutcome(page.kind), record)


def of_failure(error: BaseException, *, is_start_host: bool) -> Verdict:
    """The verdict on a request that brought no response.

    `is_start_host`: the page is on the host of a start URL: when that host's robots.txt cannot be reached there is
    no crawl, and its pages stay pending.
    """
    if isinstance(error, Refused):
        verdict = of_refusal(error)
        if error.outcome not in _UNSENT:
            return verdict
        stays = error.outcome == Outcome.LEFT or is_start_host
        record = Record.PENDING if stays else Record.RETRY
        return Verdict(verdict.outcome, verdict.reason, verdict.evidence, record)
    if isinstance(error, BadCertificate):
        return Verdict(Outcome.ERROR, str(error), PageOutcome.ERROR, Record.RETRY)
    if isinstance(error, NotShown):
        return Verdict(Outcome.ERROR, f"in the browser: {error}", PageOutcome.ERROR, Record.RETRY)
    if isinstance(error, IgnoreRequest | DownloadCancelledError):
        record = Record.RETRY if str(error) == _TOO_MANY else Record.DONE
        return Verdict(Outcome.ERROR, str(error) or type(error).__name__, PageOutcome.ERROR, record)
    return of_exception(error)


def of_slow_page(error: TooSlow) -> Verdict:
    """The verdict on a page whose reading was ended."""
    return Verdict(Outcome.ERROR, str(error), PageOutcome.ERROR, Record.RETRY)


def of_exception(error: BaseException) -> Verdict:
    """The verdict on an unexpected exception."""
    return Verdict(Outcome.ERROR, f"{type(error).__name__}: {error}", PageOutcome.ERROR, Record.RETRY)


def evidence_of_kind(page: Page) -> PageOutcome:
    """Evidence of a page that is no story; a wall or an error page with status 200 is none."""
    return PageOutcome.ERROR if page.reason.split()[0].rstrip(":,;") in _NO_PAGE else PageOutcome(page.kind)


def evidence_of(candidate: Candidate, page: Page, twin: Candidate | None, *, is_known: bool) -> PageOutcome:
    """Evidence of a page that waits; `twin`: a page with the same text that came before.

    While nothing `is_known` of its site, a page that is no story by itself is none. Of two addresses with one text the
    worse one, the print form or else the longer, is evidence against its form.
    """
    if page.story is None:
        unsure = page.kind == PageType.OTHER and not is_known
        return PageOutcome.ERROR if unsure else evidence_of_kind(page)
    if twin is not None and shape_of(twin.key) != shape_of(candidate.key) and _rank(candidate) > _rank(twin):
        return PageOutcome.DUPLICATE
    return PageOutcome.STORY


def _rank(candidate: Candidate) -> tuple[bool, int]:
    return is_print_form(candidate.url), len(candidate.url)
