"""One site's journal as one self-contained HTML page."""

from newscrawler.report.collect import Report, gather
from newscrawler.report.html_report import render

__all__ = ["Report", "gather", "render"]
