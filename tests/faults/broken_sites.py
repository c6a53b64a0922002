"""Rows of the fault table: start pages, whole hosts, traps, and pages that are made to be slow."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial

from benchmarks.hostile_pages import KINDS
from tests.crawls.small_site import listing_page, story_page
from tests.crawls.wire_site import Headers, Page, answer
from tests.faults.faulty_site import PATHS, STORIES, FaultySite, Row, at_first

_FRONT = "/front/"


def _start(name: str, page: Page, *, codes: tuple[int, int] = (0, 0), heal: bool = False) -> Row:
    """The start page is another one; the true one is elsewhere, or there when the site is mended."""

    def prepare(site: FaultySite) -> None:
        site.pages[_FRONT] = site.pages["/"]
        site.pages["/"] = page

    def mend(site: FaultySite) -> None:
        site.pages["/"] = site.pages[_FRONT]

    return Row(f"start page: {name}", prepare, mend if heal else None, codes)


def _moved(status: str, *headers: str) -> bytes:
    return answer("", f"Location: {_FRONT}", *headers, status=status)


def _cookie_first(headers: Headers) -> bytes:
    if headers.get("cookie") == "seen=1":
        return answer(listing_page(list(STORIES.items())))
    return answer("", "Location: /", "Set-Cookie: seen=1; Path=/", status="302 Found")


_STARTS = [
    _start("301", _moved("301 Moved Permanently")),
    _start("302", _moved("302 Found")),
    _start("307", _moved("307 Temporary Redirect")),
    _start("308", _moved("308 Permanent Redirect")),
    _start("a refresh at once", f'<meta http-equiv="refresh" content="0; url={_FRONT}">'),
    _start("a refresh in 5 seconds", f"<meta http-equiv=Refresh content='5;URL={_FRONT}'>"),
    _start("a script that sends on", f"<script>window.location = '{_FRONT}'</script>"),
    _start("a cookie first", _cookie_first),
    _start("blank at first", "", codes=(3, 0), heal=True),
    _start("for sale at first", "<h1>This domain is for sale</h1>", codes=(3, 0), heal=True),
    _start("a wall at first", "<title>Access denied</title><h1>Access denied</h1>", codes=(3, 0), heal=True),
    _start("304 at first", answer("", status="304 Not Modified"), codes=(3, 0), heal=True),
    _start("404 at first", answer("", status="404 Not Found"), codes=(3, 0), heal=True),
    _start("500 at first", answer("", status="500 Internal Server Error"), codes=(3, 0), heal=True),
    _start("503 at first", answer("", status="503 Service Unavailable"), codes=(3, 0), heal=True),
    _start("nothing at first", b"", codes=(3, 0), heal=True),
    _start(
        "a redirect to itself at first",
        answer("", "Location: /", status="302 Found"),
        codes=(3, 0),
        heal=True,
    ),
]


_ERROR = answer("", status="500 Internal Server Error")


def _busy(site: FaultySite, status: str) -> None:
    """Every fourth answer is a refusal."""
    turns = itertools.count()
    for path in PATHS:
        well = site.pages[path]

        def page(headers: Headers, well: Page = well) -> Page:
            return answer("", status=status) if next(turns) % 4 == 3 else well  # type: ignore[return-value]

        site.pages[path] = page  # type: ignore[assignment]


def _half_fails(site: FaultySite, faulty: Page, times: int = 9) -> None:
    for path in PATHS[::2]:
        at_first(site, path, faulty, times)


def _well(site: FaultySite) -> None:
    for path, title in STORIES.items():
        site.pages[path] = story_page(title)


def _members(site: FaultySite, status: str) -> None:
    for number in range(12):
        path = f"/members/page-{'abcdefghijkl'[number]}-of-the-club"
        site.pages[path] = answer("<h1>Members only</h1>", status=status)
        site.links.append((path, f"Page {number} of the club"))


_HOSTS = [
    Row("every fourth answer is 500", partial(_busy, status="500 Internal Server Error")),
    Row("every fourth answer is 503", partial(_busy, status="503 Service Unavailable"), asks=300),
    Row("every fourth answer is 429", partial(_busy, status="429 Too Many Requests"), asks=300),
    Row(
        "half of the stories are half",
        partial(_half_fails, faulty=answer("<h1>The", "Content-Length: 900")),
        _well,
    ),
    Row("half of the stories are missing answers", partial(_half_fails, faulty=b""), _well),
    Row("half of the stories are 500", partial(_half_fails, faulty=_ERROR), _well),
    Row("a members' area of 401", partial(_members, status="401 Unauthorized")),
    Row("a members' area of 403", partial(_members, status="403 Forbidden")),
]


class _Endless(dict[str, Page]):
    """Pages of a site whose traps answer any address that begins like theirs."""

    def __init__(self, pages: dict[str, Page], trap: str, page: Callable[[str], Page]) -> None:
        super().__init__(pages)
        self._trap, self._page = trap, page

    def get(self, path: str, default: Page = None) -> Page:  # type: ignore[override]
        return self._page(path) if path.startswith(self._trap) else super().get(path, default)


def _trap(name: str, begins: str, first: str, page: Callable[[str], Page], *, others: int = 1) -> Row:
    def prepare(site: FaultySite) -> None:
        site.links.append((first, "More of all this, and of other things"))
        site.pages = _Endless(site.pages, begins, page)

    return Row(f"trap: {name}", prepare, others=others, asks=130)


def _number(path: str) -> int:
    digits = "".join(filter(str.isdigit, path))[-6:]
    return int(digits or 0)


def _links(*paths: str) -> str:
    return listing_page([(path, f"More of the same at {number}") for number, path in enumerate(paths)])


def _again(*paths: str) -> str:
    """One and the same story, with links to more addresses of it."""
    links = "".join(f'<a href="{path}">Read this story once more</a>' for path in paths)
    return story_page("One and the same story, again and again", links=links)


def _next(path: str) -> int:
    return _number(path) + 1


_TRAPS = [
    _trap(
        "a calendar without end",
        "/calendar/",
        "/calendar/2026/1",
        lambda path: _links(f"/calendar/2026/{_next(path) % 90}", f"/calendar/{_next(path) % 7000}/1"),
    ),
    _trap("folders in folders", "/deep/", "/deep/a/", lambda path: _links(f"{path}a/", f"{path}b/")),
    _trap("a cache breaker", "/one?_=", "/one?_=1", lambda path: _again(f"/one?_={_next(path)}")),
    _trap(
        "a number that is random",
        "/one?rnd=",
        "/one?rnd=7",
        lambda path: _again(f"/one?rnd={_next(path) * 31 % 99_991}"),
    ),
    _trap(
        "where the reader came from",
        "/one?rel=",
        "/one?rel=1",
        lambda path: _again(*(f"/one?rel={3 * _number(path) + n}" for n in range(3))),
    ),
    _trap(
        "sessions in the path",
        "/(S(",
        "/(S(a1))/news/990/one",
        lambda path: _again(f"/(S(b{len(path)}{_next(path)}))/news/990/one"),
    ),
    _trap("sessions in the query", "/one?sid=", "/one?sid=1", lambda path: _again(f"/one?sid={_next(path)}")),
    _trap(
        "filters of filters",
        "/shop?",
        "/shop?a=1",
        lambda path: _links(*(f"{path}&{name}={len(path)}" for name in "abc")),
    ),
    _trap(
        "a list whose pages never end",
        "/list?page=",
        "/list?page=1",
        lambda path: _links(f"/list?page={_next(path)}", *PATHS[:5]),
    ),
    _trap(
        "a search in a search",
        "/search?q=",
        "/search?q=1",
        lambda path: _links(f"/search?q=x{_next(path)}", f"/search?q=y{_next(path) + 1}"),
    ),
]

_QUICK = [  # kinds of hostile pages that stay small on the wire
    "attributes of one tag 100,000", "rel 30,000 times", "one link 30,000 times", "pager of 100,000 numbers",
    "links 100,000", "paragraphs 200,000", "nested 100,000 deep", "comments 100,000", "entities 100,000",
]  # fmt: skip
_HOSTILE = [
    Row(f"hostile: {kind}", lambda site, kind=kind: site.odd(answer(KINDS[kind]())), others=2, asks=400)
    for kind in _QUICK
]

ROWS = [*_STARTS, *_HOSTS, *_TRAPS, *_HOSTILE]
