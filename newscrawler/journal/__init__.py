"""What earlier runs saw, and what was delivered. Imports no Scrapy."""

from newscrawler.journal.content_hash import content_hash
from newscrawler.journal.exceptions import JournalError
from newscrawler.journal.journal import Journal, journal_url
from newscrawler.journal.ledger import Ledger
from newscrawler.journal.models import Candidate, Near, Offered, Page, Stored, StoryRow, Validators, Visit
from newscrawler.journal.retention import Ages
from newscrawler.journal.revisit_policy import Pace

__all__ = [
    "Ages",
    "Candidate",
    "Journal",
    "JournalError",
    "Ledger",
    "Near",
    "Offered",
    "Pace",
    "Page",
    "Stored",
    "StoryRow",
    "Validators",
    "Visit",
    "content_hash",
    "journal_url",
]
