from datetime import UTC, datetime

import pytest
from scrapy.http import Response

from newscrawler.middlewares.retry_after import retry_after

NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Mon, 23 Nov 2026 12:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("9" * 40, None),
        ("", None),
    ],
)
def test_retry_after(header, seconds):
    assert retry_after(Response("http://e.org/", headers={"Retry-After": header}), NOW) == seconds


def test_no_header():
    assert retry_after(Response("http://e.org/"), NOW) is None
