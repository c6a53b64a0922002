"""The crawl frontier: which URL is requested next."""
