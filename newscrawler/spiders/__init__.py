"""The crawl itself."""
