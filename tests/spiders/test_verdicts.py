import pytest
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from newscrawler.browser.exceptions import NotShown
from newscrawler.exceptions import Refused
from newscrawler.spiders.verdicts import Record, of_answer, of_failure, of_refusal


def answer(status, *, is_known_page=False, headers=None):
    request = Request("https://harbour.example/1", headers=headers)
    return of_answer(Response(request.url, status=status, request=request), is_known_page=is_known_page)


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
    asked = {"If-None-Match": '"1"'}
    assert answer(304, headers=asked).evidence == "listing"
    assert answer(304, headers=asked, is_known_page=True).evidence == "not-modified"
    assert answer(304, headers=asked).record is Record.UNCHANGED


def test_not_modified_without_a_condition_is_no_answer():
    verdict = answer(304)
    assert (verdict.outcome, verdict.record) == ("http-304", Record.RETRY)


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
        (IgnoreRequest("max redirections reached"), True, Record.RETRY),
        (TimeoutError("30 s"), True, Record.RETRY),
    ],
)
def test_failures(error, is_start_host, record):
    assert of_failure(error, is_start_host=is_start_host).record is record
