"""Answers that are wrong on the wire: what browsers show comes, half pages do not, and hosts that fail are told."""

from __future__ import annotations

import gzip
import signal
import time

import pytest

from tests.crawls.killing import begin, wait_until
from tests.crawls.running import crawl
from tests.crawls.small_site import listing_page, story_page
from tests.crawls.wire_site import WireSite, answer

FAST = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "ROBOTSTXT_RETRY_WAIT": "0.05",
    "BACKOFF_WAIT": "0.05",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "2",
}
TITLES = [
    f"The {word} of the harbour is open again" for word in ("gate", "bridge", "market", "tower", "mill")
]
STORIES = {f"/news/{n}/{title.lower().replace(' ', '-')}": title for n, title in enumerate(TITLES, 101)}
PAGES = {
    "/": listing_page(list(STORIES.items())),
    **{path: story_page(title) for path, title in STORIES.items()},
}
MORE = {f"/news/{n}/ship-{n}-of-the-line": f"Ship {n} of the line comes home" for n in range(201, 212)}
ODD = next(iter(STORIES))
BODY = story_page(STORIES[ODD]).encode()
CHUNKED = f"{len(BODY):x}\r\n".encode() + BODY + b"\r\n"


def run(tmp_path, site, *words, **settings):
    return crawl(tmp_path, "-a", f"url={site.url}/", *words, settings={**FAST, **settings})


def test_what_browsers_show_is_read(tmp_path):
    served = [
        answer(BODY, f"Content-Length: {len(BODY) + 500}"),
        answer(CHUNKED, "Transfer-Encoding: chunked"),
        answer(BODY, "Content-Encoding: gzip"),
        answer(BODY, "Bad Name\x01(: x", "X-Long: " + "x" * 20_000, status="203 Non-Authoritative"),
        answer(BODY, status="206 Partial Content"),
    ]
    pages = {
        path: one.replace(STORIES[ODD].encode(), title.encode())
        for one, (path, title) in zip(served, STORIES.items(), strict=True)
    }
    pages = {path: _with_length(one, BODY) for path, one in pages.items()}
    with WireSite({**PAGES, **pages}) as site:
        done = run(tmp_path, site)
    assert sorted(one["title"] for one in done.stories) == sorted(TITLES), done.told()
    assert done.code == 0, done.told()


def _with_length(sent: bytes, body: bytes) -> bytes:
    """The answer with the length that its body has now, where it had the true one."""
    head, _, now = sent.partition(b"\r\n\r\n")
    if b"chunked" in head:
        _, _, rest = now.partition(b"\r\n")
        return head + b"\r\n\r\n" + f"{len(rest) - 2:x}\r\n".encode() + rest
    return head.replace(f"Content-Length: {len(body)}".encode(), f"Content-Length: {len(now)}".encode()) + (
        b"\r\n\r\n" + now
    )


@pytest.mark.parametrize(
    "half",
    [
        answer(gzip.compress(BODY)[:-40], "Content-Encoding: gzip"),
        answer(BODY[:-200], f"Content-Length: {len(BODY)}"),
        answer(BODY[:-200], "Content-Length: ?").replace(b"Content-Length: ?\r\n", b""),
    ],
    ids=["gzip", "length", "no-length"],
)
def test_a_half_page_is_an_error_and_comes_whole_later(tmp_path, half):
    with WireSite({**PAGES, ODD: half}) as site:
        first = run(tmp_path, site)
        assert sorted(one["title"] for one in first.stories) == sorted(set(TITLES) - {STORIES[ODD]}), (
            first.told()
        )
        site.pages[ODD] = PAGES[ODD]
        run(tmp_path, site)
        assert sorted(one["title"] for one in run(tmp_path, site).stories) == sorted(TITLES)


def test_a_wall_is_put_off_and_read_later(tmp_path):
    wall = "<html><head><title>Access denied</title></head><body><h1>Access denied</h1></body></html>"
    with WireSite({**PAGES, ODD: wall}) as site:
        first = run(tmp_path, site)
        assert (first.code, len(first.stories)) == (0, 4), first.told()
        site.pages[ODD] = PAGES[ODD]
        later = run(tmp_path, site)
        assert (later.code, len(later.stories)) == (0, 5), later.told()


def test_a_server_that_dies_in_mid_crawl_is_told(tmp_path):
    with WireSite(PAGES) as site:

        def last_answer(headers):
            site.stop()
            return PAGES[ODD]

        site.pages[ODD] = last_answer
        done = run(tmp_path, site, CONCURRENT_REQUESTS_PER_DOMAIN=1, DOWNLOAD_DELAY=0.01)
    assert done.code == 3, done.told()
    assert "is down" in done.stderr


def test_one_page_that_always_refuses_is_put_off_alone(tmp_path):
    pages = {"/": listing_page([*MORE.items(), *STORIES.items()])}
    pages |= {path: story_page(title) for path, title in {**MORE, **STORIES}.items()}
    refusal = answer("<h1>Busy</h1>", status="503 Service Unavailable")
    with WireSite({**pages, list(STORIES)[-1]: refusal}) as site:
        done = run(tmp_path, site, CONCURRENT_REQUESTS_PER_DOMAIN=1, DOWNLOAD_DELAY=0.01)
        assert (done.code, len(done.stories)) == (0, 15), done.told()
        assert site.log.count(list(STORIES)[-1]) <= 8


def test_a_members_area_does_not_end_the_run(tmp_path):
    members = {f"/members/page-{word}-of-the-club": f"Page {word} of the club" for word in "abcdefghijkl"}
    pages = {"/": listing_page([*MORE.items(), *members.items()])}
    pages |= {path: story_page(title) for path, title in MORE.items()}
    forbidden = answer("<h1>Members only</h1>", status="403 Forbidden")
    with WireSite({**pages, **dict.fromkeys(members, forbidden)}) as site:
        done = run(tmp_path, site, CONCURRENT_REQUESTS_PER_DOMAIN=1, DOWNLOAD_DELAY=0.01)
    assert len(done.stories) == 11, done.told()
    assert "times in a row" not in done.stderr


@pytest.mark.parametrize("rule", ["Crawl-delay: 3600", "Request-rate: 1/1h"])
def test_a_pace_that_no_run_lasts_ends_it_at_once(tmp_path, rule):
    robots = answer(f"User-agent: *\n{rule}\n").replace(b"text/html", b"text/plain")
    with WireSite({**PAGES, "/robots.txt": robots}) as site:
        done = run(tmp_path, site)
    assert done.code == 3, done.told()
    assert "3600 s between two requests" in done.stderr.replace("\n", " ")


@pytest.mark.parametrize("wait", ["crawl-delay", "robots", "slow"])
def test_a_stopped_run_ends_from_any_wait(tmp_path, wait):
    def slow(headers):
        time.sleep(25)
        return PAGES[ODD]

    pages = dict(PAGES)
    if wait == "crawl-delay":
        pages["/robots.txt"] = answer("User-agent: *\nCrawl-delay: 60\n").replace(b"text/html", b"text/plain")
    elif wait == "robots":
        pages["/robots.txt"] = answer("", "Retry-After: 60", status="503 Service Unavailable")
    else:
        pages |= dict.fromkeys(STORIES, slow)
    with WireSite(pages) as site:
        log = tmp_path / "log"
        process = begin(tmp_path / "out", "-a", f"url={site.url}/", settings=FAST, log=log)
        wait_until(lambda: len(site.log) >= (1 if wait != "slow" else 3), process)
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        code = process.wait(timeout=60)
    assert time.monotonic() - began < 20, log.read_text()
    assert code in (0, 3), log.read_text()
    assert "Traceback" not in log.read_text()
    assert "is delivered" not in log.read_text()


def test_a_cookie_that_a_redirect_wants_back_is_kept_for_its_chain(tmp_path):
    def gated(path):
        def page(headers):
            if headers.get("cookie") == "seen=1":
                return PAGES[path]
            return answer("", f"Location: {path}", "Set-Cookie: seen=1; Path=/", status="302 Found")

        return page

    with WireSite({path: gated(path) for path in PAGES}) as site:
        done = run(tmp_path, site)
    assert (done.code, len(done.stories)) == (0, 5), done.told()


def test_a_start_page_that_moved_for_good_is_followed_and_told(tmp_path):
    with WireSite(PAGES) as new, WireSite() as old:
        target = new.url.replace("127.0.0.1", "localhost")
        old.pages["/"] = answer("", f"Location: {target}/", status="301 Moved Permanently")
        done = run(tmp_path, old, PRIVATE_ADDRESSES=target.removeprefix("http://"))
    assert (done.code, len(done.stories)) == (0, 5), done.told()
    assert f"has moved to {target}/" in done.stderr.replace("\n", " ")


def _page(title, body):
    return f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body></html>"


def test_walls_errors_and_circles_are_put_off_up_to_max_attempts(tmp_path):
    wall = "<form action=/login><input type=password name=p></form><p>Please log in to read on.</p>"
    consent = "<p>We value your privacy. We and our partners use cookies.</p><button>Accept all</button>"
    odd = dict(zip(STORIES, (
        _page("Log in to read", wall),
        _page("Before you continue", consent),
        _page("500 Internal Server Error", "<p>Something went wrong. Please try again later.</p>"),
        answer("", f"Location: {list(STORIES)[3]}", status="302 Found"),
        story_page(TITLES[4]).split("<p>")[0] + "</article></body></html>",
    ), strict=True))  # fmt: skip
    well = {path: story_page(title) for path, title in MORE.items()}
    front = {"/": listing_page([*MORE.items(), *STORIES.items()])}
    with WireSite({**front, **well, **odd}) as site:
        first = run(tmp_path / "heals", site)
        assert len(first.stories) == len(MORE), first.told()
        site.pages |= {path: PAGES[path] for path in STORIES}
        healed = run(tmp_path / "heals", site)
        assert {one["title"] for one in healed.stories} >= set(TITLES), healed.told()
        site.pages |= odd
        asked = []
        for _ in range(3):
            site.log.clear()
            run(tmp_path / "never", site, MAX_ATTEMPTS=2)
            asked.append({path for path in site.log if path in odd})
    assert asked[0] == asked[1] == set(odd)
    assert asked[2] == set()
