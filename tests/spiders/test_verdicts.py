import pytest
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newscrawler.browser.exceptions import NotShown
from newscrawler.exceptions import Refused
from newscrawler.spiders.verdicts import Record, of_answer, of_failure, of_refusal


def answer(status, *, is_known_page=False):
    return of_answer(Response("https://harbour.example/1", status=status), is_known_page=is_known_page)


def test_a_page_is_read():
    assert answer(200) is None


@pytest.mark.parametrize(
    ("status", "record", "evidence"),
    [
        (404, Record.DONE, "gone"),
        (410, Record.DONE, "gone"),
        (451, Record.DONE, "error"),
        (403, Record.RETRY, "error"),
        (503, Record.RETRY, "error"),
    ],
)
def test_other_statuses(status, record, evidence):
    verdict = answer(status)
    assert (verdict.outcome, verdict.record, verdict.evidence) == (f"http-{status}", record, evidence)


def test_a_listing_that_did_not_change_is_still_one():
    assert answer(304).evidence == "listing"
    assert answer(304, is_known_page=True).evidence == "not-modified"
    assert answer(304).record is Record.UNCHANGED


def test_a_refused_redirect_is_a_duplicate_for_the_frontier():
    assert of_refusal(Refused("duplicate-url", "redirects to /1")).evidence == "duplicate"
    assert of_refusal(Refused("robots", "robots.txt forbids it")).evidence == "error"


@pytest.mark.parametrize(
    ("error", "is_start_host", "record"),
    [
        (Refused("left", "asked to wait"), False, Record.PENDING),
        (Refused("robots-unreachable", "503"), True, Record.PENDING),
        (Refused("robots-unreachable", "503"), False, Record.RETRY),
        (Refused("robots", "forbidden"), True, Record.DONE),
        (NotShown("too large"), True, Record.RETRY),
        (IgnoreRequest("no"), True, Record.DONE),
        (TimeoutError("30 s"), True, Record.RETRY),
    ],
)
def test_failures(error, is_start_host, record):
    assert of_failure(error, is_start_host=is_start_host).record is record
