"""Scrapy extensions and what follows a run: outcomes, journal, progress, summary, health."""
