"""Actions in a page before it is read: waiting until it is there, answering a consent wall, unfolding it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Any

from newscrawler.browser.consent import first_refusal
from newscrawler.browser.interception import Interceptor
from newscrawler.browser.isolated_world import IsolatedWorld
from newscrawler.discovery import first_unfolding

IsNew = Callable[[Iterable[str]], bool]

_LOOK_SECONDS = 0.05
_STILL_LOOKS = 4  # looks in a row without a change, after which a page is taken for complete
_FIRST_SECONDS = 1.0  # for a page that shows nothing yet to begin
_MOST_STEPS = 200  # addresses of one round that are looked at

# How much is there, cheaply: text of scripts counts too, which does not matter for telling a change.
_SIZE = """() => document.body
  ? [document.getElementsByTagName('*').length, document.body.textContent.length] : [0, 0]"""
_SHOWS_ANYTHING = "() => !!document.body && document.body.innerText.trim() !== ''"
_LENGTH = "() => document.documentElement.outerHTML.length"
_LINKS = """() => Array.from(document.links, link => link.href).filter(url => url.startsWith('http')).slice(-5000)"""
# Everything that can be pressed: its label, and whether it stands in a box that speaks of consent.
_CONTROLS = """() => {
  const found = [];
  const speaks = /cookie|consent|gdpr|privacy|datenschutz|rgpd|onetrust|didomi|cmp|sp_message|usercentrics|truste/i;
  globalThis.pressable = [];
  const walk = root => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) walk(element.shadowRoot);
      if (found.length >= 500 || !element.matches(
          "button, [role=button], input[type=button], input[type=submit], a:not([href]), a[href=''], a[href^='#'],"
          + "a[href^='javascript:']")) continue;
      const label = (element.innerText || element.value || element.getAttribute('aria-label') || '').trim();
      if (!label || label.length > 80 || element.disabled) continue;
      let box = element, consent = false;
      for (let up = 0; box && up < 12 && !consent; up++) {
        consent = speaks.test((box.id || '') + ' ' + (typeof box.className === 'string' ? box.className : ''))
          || (box.getAttribute && box.getAttribute('role') === 'dialog' && speaks.test(box.textContent.slice(0, 3000)));
        box = box.parentNode || box.host;
      }
      globalThis.pressable.push(element);
      found.push([label.replace(/\\s+/g, ' '), consent]);
    }
  };
  walk(document);
  return found;
}"""
_PRESS = "place => globalThis.pressable[place].click()"
_SCROLL = "() => window.scrollTo(0, document.documentElement.scrollHeight)"


async def settle(page: IsolatedWorld, traffic: Interceptor, until: float) -> bool:
    """Wait until nothing is loaded and nothing changes any more; False when `until` (monotonic) came first."""
    began = time.monotonic()
    still, last = 0, None
    while time.monotonic() < until:
        size = await page.evaluate(_SIZE)
        still = still + 1 if size == last and not traffic.under_way else 0
        last = size
        if still >= _STILL_LOOKS and (
            time.monotonic() - began >= _FIRST_SECONDS or await page.evaluate(_SHOWS_ANYTHING)
        ):
            return True
        await asyncio.sleep(_LOOK_SECONDS)
    return False


async def length(page: IsolatedWorld) -> int:
    """Characters of the whole page, as HTML."""
    return int(await page.evaluate(_LENGTH))


async def answer_consent(page: IsolatedWorld) -> bool:
    """Say no where a button says so; whether there was one. A wall without it stays, and is read behind."""
    controls: list[list[Any]] = await page.evaluate(_CONTROLS)
    in_wall = [(place, label) for place, (label, consent) in enumerate(controls) if consent]
    chosen = first_refusal(label for _, label in in_wall)
    if chosen is None:
        return False
    await page.evaluate(_PRESS, in_wall[chosen][0])
    return True


async def unfold(
    page: IsolatedWorld, traffic: Interceptor, is_new: IsNew, rounds: int, pause: float, until: float
) -> int:
    """Press "load more", or scroll to the end, for as long as new links come; how many times that helped.

    `is_new` tells whether any of some addresses is not known yet. `pause`: seconds between two rounds.
    """
    seen = set(await page.evaluate(_LINKS))
    for done in range(rounds):
        if time.monotonic() >= until:
            return done
        await asyncio.sleep(pause)
        controls: list[list[Any]] = await page.evaluate(_CONTROLS)
        others = [(place, label) for place, (label, consent) in enumerate(controls) if not consent]
        chosen = first_unfolding(label for _, label in others)
        if chosen is not None:
            await page.evaluate(_PRESS, others[chosen][0])
        else:
            await page.evaluate(_SCROLL)
        await settle(page, traffic, until)
        links = set(await page.evaluate(_LINKS)) - seen
        seen |= links
        if not links or not is_new(list(links)[:_MOST_STEPS]):
            return done
    return rounds
