"""Finding Chromium, and starting it without a way to the network."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from playwright.async_api import Browser, async_playwright
from playwright.async_api import Error as PlaywrightError
from scrapy.settings import BaseSettings

from newscrawler.browser.exceptions import NoBrowser
from newscrawler.browser.locate import HOW_TO_GET_IT, systems_own

if TYPE_CHECKING:
    from playwright.async_api import Playwright

logger = logging.getLogger(__name__)

_START_SECONDS = 30.0
# What a page asks for is fetched by the crawl. Should anything in the browser go its own way (a socket, a
# prefetch, a call of its own), it finds no name, and no proxy that is there.
_NO_NETWORK = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://nowhere.invalid:1",
    "--proxy-bypass-list=<-loopback>",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_FRUGAL = (
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--disable-features=WebTransport,Translate,OptimizationHints,MediaRouter,PrefetchProxy,Prerender2,"
    "SpareRendererForSitePerProcess",
    "--mute-audio",
    "--renderer-process-limit=4",
)


class Chromium:
    """Starts Chromium when it is first asked for; a provider of browsers for scrapy-playwright.

    `mark` is among the arguments of each browser process of this crawl, and of no other.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self.mark = f"--newscrawler={uuid4().hex}"
        self._named = str(settings.get("BROWSER") or "")
        self._playwright: Playwright | None = None

    async def start(self) -> None:
        """Nothing yet: a crawl that meets no such page starts no process."""

    async def launch_browser(self) -> Browser:
        """A new browser. Raises NoBrowser when there is none, or it does not start."""
        named = self._the_named()
        if self._playwright is None:
            self._playwright = await async_playwright().start()
        program = named or self._found(self._playwright.chromium.executable_path)
        if program is None:
            raise NoBrowser(f"no browser was found; {HOW_TO_GET_IT}")
        logger.info("starting %s", program)
        try:
            return await self._playwright.chromium.launch(
                executable_path=program,
                args=[*_NO_NETWORK, *_FRUGAL, self.mark],
                # Chromium's own sandbox; the superuser cannot have it.
                chromium_sandbox=hasattr(os, "geteuid") and os.geteuid() != 0,
                timeout=_START_SECONDS * 1000,
                # Signals are the crawl's own matter.
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except PlaywrightError as error:
            told = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
            raise NoBrowser(f"{program} does not start ({told[:200]}); {HOW_TO_GET_IT}") from None

    async def launch_persistent_context(self, context_kwargs: dict[str, object]) -> None:
        """No page is shown with what an earlier one left."""
        raise NotImplementedError

    async def close(self) -> None:
        """End Playwright's own process."""
        if self._playwright is not None:
            playwright, self._playwright = self._playwright, None
            await playwright.stop()

    @staticmethod
    def _found(playwrights_own: str) -> str | None:
        return playwrights_own if Path(playwrights_own).is_file() else systems_own()

    def _the_named(self) -> str | None:
        if not self._named:
            return None
        if found := shutil.which(self._named):
            return found
        raise NoBrowser(f"BROWSER names {self._named}, which is no program; {HOW_TO_GET_IT}")
