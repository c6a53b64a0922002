"""The Retry-After header of a response."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.http import Response


def retry_after(response: Response, now: datetime | None = None) -> float | None:
    """Seconds that the Retry-After header asks for, given as seconds or as a date (RFC 9110, 10.2.3).

    None when there is no such header or it makes no sense; never negative.
    """
    header = response.headers.get(b"Retry-After")
    if header is None:
        return None
    text = header.decode("latin-1").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
