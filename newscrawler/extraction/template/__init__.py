"""Memory of what the pages of one site have in common, gathered page by page."""
