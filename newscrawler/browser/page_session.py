"""One page's stay in the browser: what is done in it, and what it may do."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Dialog, Page
from playwright.async_api import Error as PlaywrightError
from scrapy.http import Response
from scrapy.settings import BaseSettings

from newscrawler.browser.exceptions import NotShown, RetryLater, ScriptRedirect
from newscrawler.browser.interception import Interceptor
from newscrawler.browser.isolated_world import IsolatedWorld
from newscrawler.browser.page_actions import answer_consent, length, settle, unfold
from newscrawler.browser.render_request import RenderRequest
from newscrawler.extraction import read

_MOST_DIALOGS = 10  # and windows: a page that opens more does so without end
_GRACE_SECONDS = 3.0  # beyond its time, for what a page has by then to be read


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one page: `seconds` to be there, `rounds` of unfolding with `pause` seconds between them, and
    `length` characters.
    """

    seconds: float
    rounds: int
    pause: float
    length: int

    @classmethod
    def of(cls, settings: BaseSettings) -> Limits:
        """As the settings say."""
        return cls(
            settings.getfloat("RENDER_TIMEOUT"),
            settings.getint("RENDER_MORE"),
            settings.getfloat("DOWNLOAD_DELAY"),
            settings.getint("DOWNLOAD_MAXSIZE"),
        )

    @property
    def ready(self) -> float:
        """Seconds after which a page that is not there yet is given up."""
        return self.seconds + _GRACE_SECONDS

    @property
    def whole(self) -> float:
        """Seconds after which any page is given up."""
        return self.seconds * (3 if self.rounds else 1) + 2 * _GRACE_SECONDS


class PageSession:
    """`finished`: the page came to rest in its time. `unfolded`: rounds in which a listing brought more links.
    `crashed`: the page's process went away.
    """

    def __init__(self, page: Response, order: RenderRequest, traffic: Interceptor, limits: Limits) -> None:
        self.traffic = traffic
        traffic.moved, traffic.away = self.moved, self.away
        self.unfolded = 0
        self.crashed = self.finished = False
        self._page = page
        self._order = order
        self._limits = limits
        self._dialogs = self._windows = 0
        self._is_there = False
        self._isolated: IsolatedWorld
        self._began = time.monotonic()
        self._tasks: set[asyncio.Future[None]] = set()
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._failed.add_done_callback(_seen)

    async def within(self, loading: Coroutine[Any, Any, Response]) -> Response:
        """The outcome of `loading`, unless the page fails before or takes too long. Raises NotShown."""
        task = asyncio.ensure_future(loading)
        task.add_done_callback(_seen)
        try:
            either: set[asyncio.Future[Any]] = {task, self._failed}
            await asyncio.wait(either, timeout=self._limits.whole, return_when=asyncio.FIRST_COMPLETED)
        finally:
            task.cancel()
        if self._failed.done():
            self._failed.result()
        if not task.done():
            raise NotShown(f"it did not finish within {self._limits.whole:.0f} s")
        return task.result()

    def begin(self, isolated: IsolatedWorld) -> None:
        """The browser is ready: the page's time runs from now on."""
        self._isolated = isolated
        self._began = time.monotonic()

    async def go_through(self, page: Page) -> None:
        """Everything that is done in the page before it is read."""
        try:
            self.finished = await asyncio.wait_for(self._ready(), self._limits.ready)
        except TimeoutError:
            seconds = f"{self._limits.ready:.0f} s"
            raise NotShown(f"its scripts kept everything busy for more than {seconds}") from None
        self._is_there = True
        if self.traffic.put_off:
            raise RetryLater(self.traffic.put_off)
        if await length(self._isolated) > self._limits.length:
            raise NotShown(f"it is larger than {self._limits.length} characters")
        if self.finished and self._limits.rounds and await self._is_listing(page):
            self.unfolded = await unfold(
                self._isolated,
                self.traffic,
                self._order.is_new,
                self._limits.rounds,
                self._limits.pause,
                self._began + 3 * self._limits.seconds,
            )

    async def _ready(self) -> bool:
        page = self._isolated
        until = self._began + self._limits.seconds
        settled = await settle(page, self.traffic, until)
        if settled and await answer_consent(page):
            settled = await settle(page, self.traffic, until)
        return settled

    async def _is_listing(self, page: Page) -> bool:
        """True when the page is to be unfolded: not a story, since more of it would be another one."""
        html = (await page.content()).encode("utf-8", "replace")
        return read(html, self._page.url, "text/html; charset=utf-8").kind != "story"

    def moved(self, url: str) -> None:
        """A script leads on to another page of the site; once this one is there, that is not followed."""
        if not self._is_there:
            self._fail(ScriptRedirect(url))

    def away(self, reason: str) -> None:
        """A script leads to where nothing is shown from; once this page is there, that is not followed."""
        if not self._is_there:
            self._fail(NotShown(reason))

    def window(self, page: Page) -> None:
        """The page opened a window: it is closed."""
        self._windows += 1
        if self._windows > _MOST_DIALOGS:
            self._fail(NotShown("it opens windows without end"))
        self._later(page.close())

    def dialog(self, dialog: Dialog) -> None:
        """The page shows a dialog: it is dismissed."""
        self._dialogs += 1
        if self._dialogs > _MOST_DIALOGS:
            self._fail(NotShown("it opens dialogs without end"))
        self._later(dialog.dismiss())

    def crash(self) -> None:
        """The page's process went away."""
        self.crashed = True
        self._fail(PlaywrightError("the page's process crashed"))

    def _fail(self, error: Exception) -> None:
        if not self._failed.done():
            self._failed.set_exception(error)

    def _later(self, doing: Coroutine[Any, Any, None]) -> None:
        """Do something that nothing waits for; the page may be gone by then."""
        task = asyncio.ensure_future(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(_seen)


def _seen(future: asyncio.Future[Any]) -> None:
    """A failure that nobody waits for any more is none for asyncio to tell."""
    with contextlib.suppress(asyncio.CancelledError):
        future.exception()
