"""The journal of one site, or of many, as one self-contained HTML page."""

from newscrawler.report.all_sites import AllSitesReport
from newscrawler.report.collect import Report, gather
from newscrawler.report.html_report import render

__all__ = ["AllSitesReport", "Report", "gather", "render"]
