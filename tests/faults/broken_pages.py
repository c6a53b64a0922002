"""Rows of the fault table: pages that are broken, and answers that are not as they should be."""

from __future__ import annotations

import gzip
import time
import zlib
from functools import partial

from tests.crawls.small_site import story_page
from tests.crawls.wire_site import Headers, Page, answer
from tests.faults.faulty_site import ODD, ODD_TITLE, PATHS, STORIES, FaultySite, Row, at_first

_PAGE = story_page(ODD_TITLE)
_BODY = _PAGE.encode()
_CHUNKED = f"{len(_BODY):x}\r\n".encode() + _BODY + b"\r\n0\r\n\r\n"


def _beside(page: Page, *, others: int = 0, name: str, codes: tuple[int, int] = (0, 0)) -> Row:
    return Row(name, lambda site: site.odd(page), others=others, codes=codes)


def _status(status: str, *headers: str) -> Row:
    name = f"status {status.partition(' ')[0]}" + (f" with {headers[0]}" if headers else "")
    return _beside(answer("<h1>Something is wrong</h1>", *headers, status=status), name=name)


_STATUSES = [
    _status("202 Accepted"),
    _status("204 No Content", "Content-Length: 0"),
    _status("205 Reset Content"),
    _status("300 Multiple Choices"),
    _status("301 Moved Permanently"),
    _status("304 Not Modified"),
    _status("305 Use Proxy", "Location: http://127.0.0.1:1/"),
    _status("400 Bad Request"),
    _status("401 Unauthorized", 'WWW-Authenticate: Basic realm="x"'),
    _status("402 Payment Required"),
    _status("403 Forbidden"),
    _status("404 Not Found"),
    _status("406 Not Acceptable"),
    _status("408 Request Timeout"),
    _status("410 Gone"),
    _status("418 I'm a teapot"),
    _status("429 Too Many Requests", "Retry-After: 1"),
    _status("451 Unavailable For Legal Reasons"),
    _status("500 Internal Server Error"),
    _status("502 Bad Gateway"),
    _status("503 Service Unavailable"),
    _status("503 Service Unavailable", "Retry-After: 1"),
    _status("520 Unknown Error"),
    _status("999 Request denied"),
]


def _drip(_: Headers) -> bytes:
    time.sleep(6)  # longer than DOWNLOAD_TIMEOUT
    return answer(_PAGE)


_WIRE = [
    _beside(b"", name="nothing is sent"),
    _beside(b"HTTP", name="the connection ends in the status line"),
    _beside(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", name="the connection ends in the headers"),
    _beside(b"SSH-2.0-OpenSSH_9.6\r\n", name="another protocol answers"),
    _beside(b"HTTP/1.1 abc OK\r\n\r\nx", name="a status that is no number"),
    _beside(b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", name="a status without words"),
    _beside(answer(_PAGE, "Content-Length: 999999"), name="Content-Length too large", others=1),
    _beside(answer(_PAGE, "Content-Length: 40"), name="Content-Length too small"),
    _beside(answer(_PAGE, "Content-Length: -1"), name="Content-Length negative", others=1),
    _beside(answer(_PAGE, "Content-Length: 12", "Content-Length: 13"), name="two Content-Lengths", others=1),
    _beside(answer(_CHUNKED, "Transfer-Encoding: chunked"), name="chunked, as it should be", others=1),
    _beside(answer(_CHUNKED[:-5], "Transfer-Encoding: chunked"), name="chunks without their end", others=1),
    _beside(answer(_CHUNKED[: len(_CHUNKED) // 2], "Transfer-Encoding: chunked"), name="half a chunk"),
    _beside(answer(b"zz\r\n" + _BODY, "Transfer-Encoding: chunked"), name="chunks of no length"),
    _beside(answer(_BODY, "Transfer-Encoding: chunked"), name="chunked is declared only", others=1),
    _beside(answer(_BODY, "Content-Encoding: gzip"), name="gzip is declared only", others=1),
    _beside(answer(gzip.compress(_BODY)), name="gzip without being declared", others=1),
    _beside(
        answer(gzip.compress(_BODY)[:-30], "Content-Encoding: gzip"), name="gzip without its end", others=1
    ),
    _beside(
        answer(gzip.compress(gzip.compress(_BODY)), "Content-Encoding: gzip, gzip"),
        name="gzip twice",
        others=1,
    ),
    _beside(answer(b"\x1f\x8b" + b"\0" * 90, "Content-Encoding: gzip"), name="gzip of nothing"),
    _beside(answer(zlib.compress(_BODY), "Content-Encoding: deflate"), name="deflate", others=1),
    _beside(answer(zlib.compress(_BODY)[2:-4], "Content-Encoding: deflate"), name="deflate, raw", others=1),
    _beside(answer(_BODY, "Content-Encoding: br"), name="brotli is declared only", others=1),
    _beside(answer(_BODY, "Content-Encoding: rot13"), name="an encoding that nobody knows", others=1),
    _beside(answer(gzip.compress(b"\0" * 300_000_000, 1), "Content-Encoding: gzip"), name="a bomb of 300 MB"),
    _beside(answer(_BODY, "X-Long: " + "x" * 30_000), name="a header of 30 kB", others=1),
    _beside(answer(_BODY, *(f"X-{n}: y" for n in range(300))), name="300 headers", others=1),
    _beside(answer(_BODY, "Bad Name\x01(: x"), name="a header with a bad name", others=1),
    _beside(answer(_BODY, "Content-Type: image/png"), name="two content types", others=1),
    _beside(
        answer(_BODY).replace(b"text/html; charset=utf-8", b"nonsense"),
        name="a content type of nonsense",
        others=1,
    ),
    _beside(
        answer(_BODY).replace(b"charset=utf-8", b"charset=klingon"), name="an unknown character set", others=1
    ),
    _beside(answer(b"\xff\xfe" + _PAGE.encode("utf-16-le")), name="UTF-16 that is declared UTF-8", others=1),
    _beside(answer(b"\0" * 5000), name="zero bytes"),
    _beside(answer(bytes(range(256)) * 400), name="noise"),
    _beside(answer(_BODY.replace(b"<p>", b"<p>\xff\xfe\x80")), name="bytes that are no UTF-8", others=1),
    _beside(answer(b"%PDF-1.7 " + b"x" * 900).replace(b"text/html", b"application/pdf"), name="a PDF"),
    _beside(answer(b"%PDF-1.7 " + b"x" * 900), name="a PDF as HTML"),
    _beside(answer("{}").replace(b"text/html", b"application/json"), name="JSON"),
    _beside(_drip, name="a page that takes too long"),
]

_WALLS = [
    _beside("", name="an empty page"),
    _beside("<html></html>", name="a page without anything"),
    _beside("<h1>Access denied</h1><p>Reference 0.12 of the edge.</p>", name="a block page with 200"),
    _beside(
        "<title>Log in</title><h1>Log in</h1><form><input type=password></form>", name="a login wall with 200"
    ),
    _beside(
        "<title>500 Internal Server Error</title><h1>Internal Server Error</h1>",
        name="an error page with 200",
    ),
    _beside(
        "<title>Page not found</title><h1>Page not found</h1><p>Sorry.</p>", name="a missing page with 200"
    ),
    _beside('<div id="root"></div><script src="/app.js"></script>', name="an application without its text"),
    _beside(_PAGE.replace("</html>", "")[:-900], name="half a page without an end", others=1),
]


def _moved(location: str, status: str = "302 Found", *more: str) -> bytes:
    return answer("", f"Location: {location}", *more, status=status)


def _chain(site: FaultySite, length: int) -> None:
    site.odd(_moved("/hop/1"))
    for number in range(1, length):
        site.pages[f"/hop/{number}"] = _moved(f"/hop/{number + 1}")
    site.pages[f"/hop/{length}"] = _PAGE


def _two_that_lead_to_each_other(site: FaultySite) -> None:
    site.odd(_moved("/news/991/the-other-one-of-two-pages"))
    site.pages["/news/991/the-other-one-of-two-pages"] = _moved(ODD)


_REDIRECTS = [
    _beside(_moved(ODD), name="a redirect to itself"),
    Row("two that lead to each other", _two_that_lead_to_each_other),
    Row("a chain of 3 redirects", partial(_chain, length=3), others=1),
    Row("a chain of 30 redirects", partial(_chain, length=30)),
    _beside(_moved(""), name="a redirect to nothing"),
    _beside(_moved("http://[::bad"), name="a redirect to an address that is none"),
    _beside(_moved("http://" + "a" * 70_000), name="a redirect to an endless address"),
    _beside(_moved("javascript:alert(1)"), name="a redirect to a script"),
    _beside(_moved("file:///etc/passwd"), name="a redirect to a file"),
    _beside(_moved("http://169.254.169.254/latest/meta-data/"), name="a redirect to a private address"),
    _beside(_moved("http://nosuch.invalid/news/1"), name="a redirect to a host that is not there"),
    _beside(_moved(PATHS[3]), name="a redirect to a story that is known"),
    _beside(_moved("/"), name="a redirect to the front page"),
    _beside(_moved("/", status="301 Moved Permanently"), name="a redirect to the front page for good"),
    _beside(f'<meta http-equiv="refresh" content="0; url={ODD}">', name="a refresh to itself"),
    _beside('<meta http-equiv="refresh" content="0; url=http://[::bad">', name="a refresh to no address"),
]


def _transient(name: str, faulty: Page, times: int = 1) -> Row:
    def prepare(site: FaultySite) -> None:
        for path in PATHS[4:7]:
            at_first(site, path, faulty, times)

    return Row(f"at first: {name}", prepare)


def _led_to_itself(site: FaultySite) -> None:
    for path in PATHS[4:7]:
        at_first(site, path, _moved(path))


def _half(page: str) -> str:
    return page[: len(page) // 2]


_PACKED = gzip.compress(story_page(STORIES[PATHS[4]]).encode())
_STORY = story_page(STORIES[PATHS[4]])
_TRANSIENT = [
    _transient("500", answer("", status="500 Internal Server Error")),
    _transient("502 twice", answer("", status="502 Bad Gateway"), 2),
    _transient("504 for a whole run", answer("", status="504 Gateway Timeout"), 3),
    _transient("503", answer("", status="503 Service Unavailable")),
    _transient("503 with a second to wait", answer("", "Retry-After: 1", status="503 Service Unavailable")),
    _transient("429", answer("", status="429 Too Many Requests")),
    _transient("403", answer("<h1>Forbidden</h1>", status="403 Forbidden")),
    _transient("408", answer("", status="408 Request Timeout")),
    _transient("nothing", b""),
    _transient("half an answer", answer(_half(_STORY), "Content-Length: 9000")),
    _transient("half an answer for a whole run", answer(_half(_STORY), "Content-Length: 9000"), 3),
    _transient(
        "half a gzip for a whole run",
        answer(gzip.compress(_STORY.encode())[:-60], "Content-Encoding: gzip"),
        3,
    ),
    _transient("half a chunk", answer(b"2328\r\n" + _half(_STORY).encode(), "Transfer-Encoding: chunked")),
    _transient("a block page with 200", "<title>Access denied</title><h1>Access denied</h1>"),
    _transient("an error page with 200", "<title>Error 500</title><h1>Internal Server Error</h1>"),
    _transient("a login wall", "<title>Log in</title><h1>Log in</h1><form><input type=password></form>"),
    _transient("an empty page", ""),
    Row("at first: a redirect to itself", _led_to_itself),
    _transient("a story without its text", _STORY.split("<p>")[0] + "</article></body></html>"),
]

ROWS = [*_STATUSES, *_WIRE, *_WALLS, *_REDIRECTS, *_TRANSIENT]
