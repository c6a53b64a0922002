"""Reasons for which a URL is not requested. The values are counted in the stats and printed."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """Why a candidate is not requested."""

    # Out of scope
    MALFORMED = "malformed"
    TOO_LONG = "too-long"
    OFFSITE = "offsite"
    HOST = "host"
    PATH = "path"
    LANGUAGE = "language"
    NOT_A_PAGE = "not-a-page"
    # Traps
    REPEATING_PATH = "repeating-path"
    TOO_DEEP = "too-deep"
    LONG_QUERY = "long-query"
    FACETED = "faceted"
    SORTED = "sorted"
    ACTION = "action"
    CALENDAR = "calendar"
    MANY_HOSTS = "many-hosts"
    # The frontier's own
    NOT_FOLLOWED = "not-followed"
    OLDER = "older"
    KNOWN = "known"
    SEEN = "seen"
    SOURCE_OVER = "source-over"
    # Of queues that are left alone (`GivenUp.reason`)
    BRINGS_NOTHING = "brings-nothing"
    NOT_WORTH_IT = "not-worth-it"
