"""The spider of a site, and the steps of a response's way."""
