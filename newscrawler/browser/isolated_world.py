"""Our own scripts in a page, in a world of their own: the page's scripts can neither see nor change them."""

from __future__ import annotations

import json
from typing import Any

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError


class IsolatedWorld:
    """Evaluates functions beside the page: they have its document, and built-ins that it has not touched.

    Chrome DevTools Protocol: Page.createIsolatedWorld, Runtime.evaluate.
    """

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._world: int | None = None

    @classmethod
    async def of(cls, page: Page) -> IsolatedWorld:
        """For one tab, whatever pages it shows."""
        return cls(await page.context.new_cdp_session(page))

    async def evaluate(self, function: str, *values: Any) -> Any:
        """Call a JavaScript function with some values. Raises Playwright's Error.

        Where the page is loaded anew in between, the function is evaluated in the new one.
        """
        given = ", ".join(map(json.dumps, values))
        for attempt in range(3):
            if self._world is None:
                self._world = await self._created()
            try:
                answer = await self._session.send(
                    "Runtime.evaluate",
                    {"expression": f"({function})({given})", "contextId": self._world, "returnByValue": True},
                )
            except PlaywrightError as error:
                self._world = None
                if attempt == 2 or "context" not in str(error):
                    raise
                continue
            if "exceptionDetails" in answer:
                raise PlaywrightError(f"a script of ours failed: {answer['exceptionDetails'].get('text')}")
            return answer["result"].get("value")
        return None

    async def _created(self) -> int:
        tree = await self._session.send("Page.getFrameTree")
        frame = tree["frameTree"]["frame"]["id"]
        world = await self._session.send(
            "Page.createIsolatedWorld", {"frameId": frame, "worldName": "newscrawler"}
        )
        return int(world["executionContextId"])
