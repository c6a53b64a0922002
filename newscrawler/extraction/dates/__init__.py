"""When a story was published and when it was last changed; dates as they are printed, in any language."""

from newscrawler.extraction.dates.printed import ParsedDate, parse_printed, printed_dates
from newscrawler.extraction.dates.story_dates import DatesFound, find_dates

__all__ = ["DatesFound", "ParsedDate", "find_dates", "parse_printed", "printed_dates"]
