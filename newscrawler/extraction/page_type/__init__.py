"""The type of a page: story, listing or other."""
