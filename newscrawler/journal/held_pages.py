"""Held pages: bodies that were fetched and wait to be read again, until the template of their site is known."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select

from newscrawler.journal.database import Database
from newscrawler.journal.schema import held_pages, pages

_LEVEL = 1  # of zlib: HTML shrinks to a sixth at once, more effort saves little
_MOST_BYTES = 10_000_000  # of one page, as many as are read


class HeldPage(NamedTuple):
    """One fetched page. `headers` are those of its answer that are asked for later, by their names."""

    url: str
    headers: Mapping[str, str]
    body: bytes


class HeldPages:
    """The pages of a site that are held. A page stays pending while it is held."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hold(self, site: str, key: str, page: HeldPage) -> None:
        """Keep a page under its key, in place of an earlier copy."""
        fields = {
            "url": page.url,
            "headers": dict(page.headers),
            "body": zlib.compress(page.body[:_MOST_BYTES], _LEVEL),
        }
        with self._database.writing() as connection:
            connection.execute(delete(held_pages).where(held_pages.c.site == site, held_pages.c.key == key))
            connection.execute(insert(held_pages).values(site=site, key=key, **fields))

    def get(self, site: str, key: str) -> HeldPage | None:
        """The page of this key, None when it is not held."""
        query = select(held_pages.c.url, held_pages.c.headers, held_pages.c.body)
        with self._database.reading() as connection:
            row = connection.execute(query.where(held_pages.c.site == site, held_pages.c.key == key)).first()
        return None if row is None else HeldPage(row.url, row.headers, zlib.decompress(row.body))

    def keys(self, site: str) -> list[str]:
        """Keys of the pages that are held and still pending, in their order. Others are let go.

        A run that was killed between the end of a page and its release left those.
        """
        mine = held_pages.c.site == site
        pending = select(pages.c.key).where(pages.c.site == site, pages.c.state == "pending")
        with self._database.writing() as connection:
            connection.execute(delete(held_pages).where(mine, held_pages.c.key.not_in(pending)))
            found = select(held_pages.c.key).where(mine).order_by(held_pages.c.key)
            return [str(key) for key in connection.execute(found).scalars()]

    def count(self, site: str) -> int:
        """Number of pages that are held."""
        query = select(func.count()).select_from(held_pages).where(held_pages.c.site == site)
        with self._database.reading() as connection:
            return int(connection.execute(query).scalar() or 0)

    def release(self, site: str, key: str) -> None:
        """Let go of a page: it was read for good."""
        with self._database.writing() as connection:
            connection.execute(delete(held_pages).where(held_pages.c.site == site, held_pages.c.key == key))
