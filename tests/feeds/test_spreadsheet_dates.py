from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from newscrawler.feeds.spreadsheet_dates import moment

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "value", "zone"),
    [
        ("2026-07-01T22:30:00+00:00", datetime(2026, 7, 2, 0, 30), "Europe/Berlin"),
        ("2026-07-01T22:30:00", datetime(2026, 7, 1, 22, 30), "as printed"),
        ("2026-07-01", date(2026, 7, 1), "as printed"),
        ("1900-03-01", date(1900, 3, 1), "as printed"),
    ],
)
def test_dates(text: str, value: date, zone: str) -> None:
    found = moment(text, BERLIN)
    assert found is not None
    assert (found.value, found.zone) == (value, zone)
    assert type(found.day) is date


@pytest.mark.parametrize(
    "text", [None, "", "soon", 7, "2026-02-30", "1900-02-28", "0001-01-01T00:00:00+14:00"]
)
def test_what_no_spreadsheet_can_hold(text: object) -> None:
    assert moment(text, BERLIN) is None
