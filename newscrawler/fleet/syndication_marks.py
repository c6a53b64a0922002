"""Stories that several sites have, marked in their journals."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from scrapy.settings import BaseSettings

from newscrawler.fleet.syndication import SyndicationIndex
from newscrawler.journal import Journal, JournalError, journal_url


def mark_syndicated(settings: BaseSettings, sites: Sequence[str]) -> tuple[int, list[str]]:
    """Mark stories of these sites whose text another of them had before; how many, and problems by site.

    Stories are compared that were first seen within DUPLICATE_WINDOW_DAYS. A journal that cannot be used is left out.
    """
    days = settings.getfloat("DUPLICATE_WINDOW_DAYS")
    since = datetime.now(UTC) - timedelta(days=days) if days > 0 else None
    problems: list[str] = []
    marked = 0
    with tempfile.TemporaryDirectory(prefix="newscrawler-") as folder:
        index = SyndicationIndex(Path(folder) / "texts.sqlite")
        try:
            for site in sites:
                try:
                    with _journal(settings, site, read_only=True) as journal:
                        for story in journal.stories.first_seen_since(site, since):
                            index.add(site, story)
                except JournalError as error:
                    problems.append(f"{site}: not compared with other sites: {error}")
            for site, found in groupby(index.syndicated(), key=lambda one: one.site):
                origins = {one.key: one.origin_url for one in found}
                try:
                    with _journal(settings, site, read_only=False) as journal:
                        journal.stories.mark_syndicated(site, origins)
                    marked += len(origins)
                except JournalError as error:
                    problems.append(f"{site}: {error}")
        finally:
            index.close()
    return marked, problems


def _journal(settings: BaseSettings, site: str, *, read_only: bool) -> Journal:
    url = journal_url(settings["JOURNAL"], settings["OUTPUT_DIR"], site)
    return Journal.open(url, read_only=read_only, busy_timeout=settings.getfloat("JOURNAL_BUSY_TIMEOUT"))
