"""Downloader middlewares: address guard, redirects, demo site, robots.txt, browser, back-off."""
