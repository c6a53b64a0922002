"""The record of pages, stories, deliveries and runs of a site. Imports no Scrapy."""

from newscrawler.journal.content_hash import content_hash
from newscrawler.journal.exceptions import JournalError
from newscrawler.journal.held_pages import HeldPage
from newscrawler.journal.journal import Journal, journal_url, journaled_sites
from newscrawler.journal.ledger import Ledger
from newscrawler.journal.models import (
    FoundPage,
    NearDuplicate,
    Offered,
    PageRecord,
    PageVisit,
    Revision,
    Stored,
    StoryRow,
    Validators,
)
from newscrawler.journal.retention import RetentionPeriods
from newscrawler.journal.revisit_policy import RevisitPolicy

__all__ = [
    "FoundPage",
    "HeldPage",
    "Journal",
    "JournalError",
    "Ledger",
    "NearDuplicate",
    "Offered",
    "PageRecord",
    "PageVisit",
    "RetentionPeriods",
    "Revision",
    "RevisitPolicy",
    "Stored",
    "StoryRow",
    "Validators",
    "content_hash",
    "journal_url",
    "journaled_sites",
]
