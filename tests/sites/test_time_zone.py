from zoneinfo import ZoneInfo

from newscrawler.sites import with_zone

BERLIN = ZoneInfo("Europe/Berlin")


def test_the_offset_is_the_one_of_that_day():
    assert with_zone("2026-01-01T12:00:00", BERLIN) == "2026-01-01T12:00:00+01:00"
    assert with_zone("2026-07-01T12:00:00", BERLIN) == "2026-07-01T12:00:00+02:00"


def test_days_and_moments_with_an_offset_stay():
    assert with_zone("2026-07-01", BERLIN) is None
    assert with_zone("2026-07-01T12:00:00+00:00", BERLIN) is None
    assert with_zone("not a date T", BERLIN) is None
