"""Exceptions of rendering a page."""

from __future__ import annotations


class NoBrowser(Exception):
    """There is no browser to show pages in; the text is one line that says why, and how to get one."""


class NotShown(Exception):
    """The page cannot be shown; the text says why."""


class BrowserLost(Exception):
    """The browser, or its process for the page, went away: the page may be shown by the next one."""


class RetryLater(Exception):
    """The site asks to wait with what the page needs; the text says which address, and what it answered."""


class ScriptRedirect(Exception):
    """A script of the page leads on to another page of the site."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url
