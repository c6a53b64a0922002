"""The headline of a story, and the kicker above it."""
