"""When somebody is told by e-mail."""

from datetime import UTC, datetime

import pytest

from newscrawler.extensions.notify import mail_is_due

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


def mailed(code, at="2026-11-02T11:30:00+00:00"):
    return {"exit_code": code, "at": at}


@pytest.mark.parametrize(
    ("code", "before", "due"),
    [
        (0, None, False),  # well, as always
        (3, None, True),  # the first trouble
        (3, mailed(3), False),  # the same half an hour later
        (3, mailed(3, "2026-11-01T12:00:00+00:00"), True),  # the same a day later
        (4, mailed(3), True),  # other trouble
        (0, mailed(3), True),  # well again
        (0, mailed(0), False),
        (3, mailed(0), True),
    ],
)
def test_what_is_news(code, before, due):
    assert mail_is_due(code, before, 24.0, NOW) is due
