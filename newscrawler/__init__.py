"""A crawler that keeps a clean, complete, duplicate-free table of a news site's stories."""
