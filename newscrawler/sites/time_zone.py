"""Giving a printed date the zone that a profile knows."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def with_zone(iso: str, zone: ZoneInfo) -> str | None:
    """`iso` with the zone's offset at that moment; None when it has an offset already, or no time of day.

    A local time that a clock change skips or repeats is taken at the earlier offset (PEP 495, fold=0).
    """
    if "T" not in iso:
        return None
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    if moment.tzinfo is not None:
        return None
    return moment.replace(tzinfo=zone).isoformat()
