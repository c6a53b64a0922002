"""One site's journal as one self-contained HTML page."""

from newscrawler.report.gathering import Report, gather
from newscrawler.report.page import render

__all__ = ["Report", "gather", "render"]
