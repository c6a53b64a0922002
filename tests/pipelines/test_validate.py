import pytest

from newscrawler.pipelines.validate import plausible

SEEN = "2026-11-23T20:00:00+00:00"


@pytest.mark.parametrize(
    "iso", ["2026-11-23", "2026-11-24T10:00:00+00:00", "1999-01-01T00:00:00", "2022-03-12T06:28:00"]
)
def test_dates_that_can_be(iso):
    assert plausible(iso, SEEN)


@pytest.mark.parametrize("iso", ["2026-11-30", "2027-01-01T00:00:00+00:00", "1654-01-01", "yesterday", ""])
def test_dates_that_cannot_be(iso):
    assert not plausible(iso, SEEN)
