"""Errors of a fleet."""


class FleetError(Exception):
    """A fleet's database that cannot be used; the text is one line for the user."""
