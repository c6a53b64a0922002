"""Links of a page: absolute URL, anchor text, date, placement."""
