"""The other fields of a story, one module each."""
