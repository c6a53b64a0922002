"""The crawls' fixtures."""

from tests.journal.conftest import _postgres_database, postgres, postgres_url

__all__ = ["_postgres_database", "postgres", "postgres_url"]
