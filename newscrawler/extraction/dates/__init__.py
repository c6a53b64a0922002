"""When a story was published and when it was last changed."""

from newscrawler.extraction.dates.finding import DatesFound, find_dates

__all__ = ["DatesFound", "find_dates"]
