"""A page as a tree, and what its markup and its declarations say."""
