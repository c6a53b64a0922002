"""Tabs of the browser, each with a context of its own: cookies and storage of one are not seen in another."""

from __future__ import annotations

import logging

from playwright.async_api import Dialog, Page, Route
from playwright.async_api import Error as PlaywrightError
from scrapy.http import Request

from newscrawler.browser.isolated_world import IsolatedWorld
from newscrawler.browser.page_session import PageSession

logger = logging.getLogger(__name__)

_NO_WINDOWS = "window.open = () => null; window.print = () => {};"


class Tab:
    """One tab, for one visit after another. `page` is None before the first, and after it whatever became of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.page: Page | None = None
        self.visits = 0
        self.is_ready = False  # for the visit that it is taken by
        self._visit: PageSession | None = None
        self._isolated: IsolatedWorld

    def taken_by(self, visit: PageSession) -> Tab:
        """For the next page."""
        self._visit, self.is_ready = visit, False
        self.visits += 1
        return self

    async def make_ready(self, page: Page, _: Request) -> None:
        """Before a page is asked for: nothing of it goes past us. Called by scrapy-playwright."""
        try:
            await self._make_ready(page)
        except PlaywrightError as error:  # the browser ended meanwhile: the tab stays not ready
            logger.debug("a tab closed before its page was asked for: %s", error)

    async def _make_ready(self, page: Page) -> None:
        if self._visit is None:
            return
        if page is not self.page:
            self.page = page
            await page.context.add_init_script(_NO_WINDOWS)
            await page.context.route("**", self._stray)
            page.context.on("page", self._window)
            page.on("dialog", self._dialog)
            page.on("crash", self._crash)
            self._isolated = await IsolatedWorld.of(page)
        # Before the handler's own, which lets everything through: the last one that was added is asked first.
        await page.route("**", self._visit.traffic.answer)
        self.is_ready = True
        self._visit.begin(self._isolated)

    async def clear(self) -> None:
        """Nothing of the page goes on, nor is sent with the next one."""
        if self.page is not None:
            await self.page.goto("about:blank")
            await self.page.context.clear_cookies()
        self._visit = None

    async def _stray(self, route: Route) -> None:
        """A request that is not the page's own, as of a window that it opened."""
        try:
            await route.abort("blockedbyclient")
        except PlaywrightError:
            return  # it is gone

    def _window(self, page: Page) -> None:
        if self._visit is not None and page is not self.page:
            self._visit.window(page)

    def _dialog(self, dialog: Dialog) -> None:
        if self._visit is not None:
            self._visit.dialog(dialog)

    def _crash(self, _: Page) -> None:
        if self._visit is not None:
            self._visit.crash()
