"""URLs: canonical form, patterns, scope, traps."""
