"""Sitemaps and feeds: fetched sources that name pages."""
