"""A fleet under faults, at full length: `python -m benchmarks.fleet_faults [SCENARIO...]`, all of them without a name.

Real workers, a real PostgreSQL server, real crawls of sites on loopback. Each scenario ends with a line of figures and
`well` or the problems; the exit code is 1 when there was one. `hosts` needs root and `ip`: each worker is a host of its
own there, by a network namespace.

- kills: 60 sites of 20 stories, 3 workers, one killed (-9) every few seconds and started again
- outages: the database killed, and back after 3 and after 40 seconds
- stop: SIGTERM to a worker in a long crawl
- frozen: a worker stopped (SIGSTOP) for longer than the dead limit, then let go on
- hosts: three hosts, one cut off in mid-crawl and back
- ticks: 17 turns of a schedule, two workers
- many: 200 small sites in one `fleet run --jobs 8`, with 20 down, 5 that hang and 3 broken profiles
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from tests.crawls.running import ROOT
from tests.fleet.fleet_processes import (
    Fleet,
    expected_titles,
    overlapping_crawls,
    serving_sites,
    story_requests,
    until,
)
from tests.newssite.server import Server
from tests.postgres_server import PostgresServer

Sites = Sequence[tuple[str, Server]]
_DEAD_AFTER = 20.0  # seconds; the default of 60 makes the same wait longer


@contextmanager
def fleet_of(sites: Sites, address: str | None = None, **settings: object) -> Iterator[Fleet]:
    """A fleet with these sites, on a server of its own."""
    server = PostgresServer(address)
    with tempfile.TemporaryDirectory() as folder:
        fleet = Fleet(server, Path(folder), _DEAD_AFTER)
        try:
            fleet.scrapy("init")
            words = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
            for first in range(0, len(sites), 50):
                fleet.scrapy("add", *(base for base, _ in sites[first : first + 50]), "--every", "1d", *words)
            yield fleet
        finally:
            fleet.end()
            server.remove()


def deliveries(fleet: Fleet, sites: Sites, stories: int) -> list[str]:
    """What was delivered too often or not at all."""
    expected, found = expected_titles(sites, stories), fleet.titles()
    missing, extra = expected - found, found - expected
    problems = [f"{sum(missing.values())} stories missing, such as {next(iter(missing))}"] if missing else []
    return problems + (
        [f"{sum(extra.values())} stories too often, such as {next(iter(extra))}"] if extra else []
    )


def stuck(fleet: Fleet) -> list[str]:
    """Jobs that never ended."""
    with psycopg.connect(fleet.server.url) as connection:
        rows = connection.execute(
            "SELECT lock, status FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
        ).fetchall()
    return [f"{name} is still {status}" for name, status in rows]


def idle(fleet: Fleet) -> bool:
    """True when every site was crawled and nothing waits or runs."""
    return all(site["state"] == "waiting" and site["last_finished"] for site in fleet.sites())


def settle(fleet: Fleet, sites: Sites, stories: int, seconds: float = 600) -> None:
    """Let all crawls end, then once more those that were cut short, as their next turn would."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        until(lambda: idle(fleet), max(1.0, end - time.monotonic()))
        if not deliveries(fleet, sites, stories):
            return
        fleet.scrapy("start", *(site["name"] for site in fleet.sites()))
        time.sleep(2)


def kills(count: int = 60, stories: int = 20) -> list[str]:
    with serving_sites(count, stories) as sites, fleet_of(sites, DOWNLOAD_DELAY=0.1) as fleet:
        workers = [fleet.worker(jobs=3, DOWNLOAD_DELAY=0.1) for _ in range(3)]
        chance, killed, began = random.Random(17), 0, time.monotonic()
        waits: list[float] = []
        while not idle(fleet) and time.monotonic() - began < 900:
            time.sleep(chance.uniform(4, 8))
            if killed < 25:
                place = chance.randrange(3)
                os.killpg(workers[place].pid, signal.SIGKILL)
                workers[place].wait()
                workers[place] = fleet.worker(jobs=3, DOWNLOAD_DELAY=0.1)
                killed += 1
        settle(fleet, sites, stories)
        with psycopg.connect(fleet.server.url) as connection:
            # From a worker's last sign of life to the next start of its job.
            rows = connection.execute(
                "SELECT extract(epoch FROM b.at - a.at) FROM procrastinate_events a JOIN LATERAL (SELECT at FROM "
                "procrastinate_events WHERE job_id = a.job_id AND type = 'deferred_for_retry' AND at >= a.at ORDER BY "
                "at LIMIT 1) b ON true WHERE a.type = 'started'"
            ).fetchall()
            waits = [float(row[0]) for row in rows]
        print(
            f"kills: {count} sites of {stories} stories, {killed} kills, {len(waits)} crawls queued again, at most "
            f"{max(waits, default=0):.0f} s after their start (dead limit {_DEAD_AFTER:.0f} s), "
            f"{time.monotonic() - began:.0f} s"
        )
        return deliveries(fleet, sites, stories) + overlapping_crawls(sites) + stuck(fleet)


def outages() -> list[str]:
    problems = []
    for seconds in (3, 40):
        with serving_sites(6, 20) as sites, fleet_of(sites) as fleet:
            workers = [fleet.worker(jobs=3, DOWNLOAD_DELAY=0.4) for _ in range(2)]
            until(lambda: sum(sum(story_requests(server.log).values()) for _, server in sites) > 20)
            fleet.server.kill()
            time.sleep(seconds)
            fleet.server.start()
            began = time.monotonic()
            until(lambda: idle(fleet), 300)
            settle(fleet, sites, 20)
            alive = sum(worker.poll() is None for worker in workers)
            print(
                f"outages: {seconds} s without a database, all delivered {time.monotonic() - began:.0f} s later"
            )
            problems += deliveries(fleet, sites, 20) + overlapping_crawls(sites) + stuck(fleet)
            problems += [f"{2 - alive} workers ended"] if alive < 2 else []
            log = fleet.log.read_text()
            problems += [log[log.index("Traceback") - 500 :][:4000]] if "Traceback" in log else []
    return problems


def stop() -> list[str]:
    with serving_sites(1, 20) as sites, fleet_of(sites) as fleet:
        worker = fleet.worker(DOWNLOAD_DELAY=1)
        fleet.worker(DOWNLOAD_DELAY=1)
        until(lambda: sum(story_requests(sites[0][1].log).values()) > 3)
        running = next(site["last_worker"] for site in fleet.sites())
        stopped = next(one for one in fleet.workers if running.endswith(f":{one.pid}"))
        began = time.monotonic()
        stopped.send_signal(signal.SIGTERM)
        code = stopped.wait(60)
        took = time.monotonic() - began
        time.sleep(_DEAD_AFTER + 12)
        starts = sum(request.path == "/robots.txt" for request in sites[0][1].log)
        print(
            f"stop: ended with {code} after {took:.1f} s; {starts} crawl of the site since (worker {worker.pid})"
        )
        problems = [f"exit code {code}"] if code else []
        problems += ["it was started twice"] if starts > 1 else []
        settle(fleet, sites, 20)
        return problems + deliveries(fleet, sites, 20) + stuck(fleet)


def frozen() -> list[str]:
    with serving_sites(1, 20) as sites, fleet_of(sites) as fleet:
        worker = fleet.worker(DOWNLOAD_DELAY=1)
        until(lambda: sum(story_requests(sites[0][1].log).values()) > 3)
        tree = [psutil.Process(worker.pid), *psutil.Process(worker.pid).children(recursive=True)]
        for process in tree:
            process.suspend()
        fleet.worker(DOWNLOAD_DELAY=1)
        until(lambda: "queued again" in fleet.log.read_text(), _DEAD_AFTER + 15)
        time.sleep(5)
        for process in tree:
            process.resume()
        settle(fleet, sites, 20)
        print(f"frozen: {sum(story_requests(sites[0][1].log).values())} requests of 20 stories")
        return deliveries(fleet, sites, 20) + overlapping_crawls(sites) + stuck(fleet)


_NETWORK = "10.77.0"


@contextmanager
def hosts_of(count: int) -> Iterator[list[str]]:
    """Names of so many network namespaces, each with a link to a bridge whose address ends in .1."""

    def ip(*words: str) -> None:
        subprocess.run(["ip", *words], check=True)

    names = [f"ncfleet{number}" for number in range(count)]
    ip("link", "add", "ncbridge", "type", "bridge")
    try:
        ip("addr", "add", f"{_NETWORK}.1/24", "dev", "ncbridge")
        ip("link", "set", "ncbridge", "up")
        for number, name in enumerate(names):
            ip("netns", "add", name)
            ip("link", "add", f"ncv{number}", "type", "veth", "peer", "name", "eth0", "netns", name)
            ip("link", "set", f"ncv{number}", "master", "ncbridge", "up")
            ip("-n", name, "addr", "add", f"{_NETWORK}.{number + 2}/24", "dev", "eth0")
            ip("-n", name, "link", "set", "eth0", "up")
            ip("-n", name, "link", "set", "lo", "up")
        yield names
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "del", name], check=False)
        subprocess.run(["ip", "link", "del", "ncbridge"], check=False)


def hosts() -> list[str]:
    host = f"{_NETWORK}.1"
    with hosts_of(3) as names, serving_sites(9, 20, host) as sites, fleet_of(sites, host) as fleet:
        for name in names:
            fleet.worker(jobs=3, within=("ip", "netns", "exec", name), DOWNLOAD_DELAY=0.5)
        until(lambda: sum(sum(story_requests(server.log).values()) for _, server in sites) > 40)
        subprocess.run(["ip", "link", "set", "ncv0", "down"], check=True)
        began = time.monotonic()
        time.sleep(70)
        subprocess.run(["ip", "link", "set", "ncv0", "up"], check=True)
        until(lambda: idle(fleet), 300)
        settle(fleet, sites, 20)
        alive = sum(worker.poll() is None for worker in fleet.workers)
        print(
            f"hosts: one of 3 cut off for 70 s; all delivered {time.monotonic() - began:.0f} s after the cut"
        )
        problems = deliveries(fleet, sites, 20) + overlapping_crawls(sites) + stuck(fleet)
        return problems + ([f"{3 - alive} workers ended"] if alive < 3 else [])


def ticks() -> list[str]:
    with serving_sites(1, 2) as sites, fleet_of(sites) as fleet:
        name = fleet.sites()[0]["name"]
        fleet.scrapy("pause", name)
        for _ in range(2):
            fleet.worker()
        with psycopg.connect(fleet.server.url, autocommit=True) as connection:
            alive = "SELECT count(*) FROM procrastinate_workers"
            until(lambda: (connection.execute(alive).fetchone() or (0,))[0] == 2)
            connection.execute(
                "UPDATE fleet_sites SET every_seconds = 6, paused = false, next_run = now() + interval '3 s'"
            )
            time.sleep(3 + 16 * 6 + 3)
            fleet.scrapy("pause", name)
            until(lambda: fleet.sites()[0]["state"] == "paused")
            runs = connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()
        count = runs[0] if runs else 0
        print(f"ticks: 17 turns, {count} runs by two workers")
        return [] if count == 17 else [f"{count} runs of 17 turns"]


def many(count: int = 200, jobs: int = 8) -> list[str]:
    stories, delay, problems = 6, 0.5, []
    hanging = [socket.create_server(("127.0.0.1", 0)) for _ in range(5)]
    with serving_sites(count - 28, stories) as sites, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sites").mkdir()
        for number in range(3):
            (folder / "sites" / f"broken{number}.toml").write_text("start = [\n")
        down = [f"http://127.0.0.1:{port}/" for port in range(2, 22)]
        silent = [f"http://127.0.0.1:{server.getsockname()[1]}/" for server in hanging]
        entries = [*(base for base, _ in sites), *down, *silent, *(f"broken{number}" for number in range(3))]
        random.Random(5).shuffle(entries)
        (folder / "list.txt").write_text("\n".join(entries))
        peak, done = [0], threading.Event()
        began, before = time.monotonic(), os.times()
        run = subprocess.Popen(
            [
                *(sys.executable, "-m", "scrapy", "fleet", "run", "--file", str(folder / "list.txt")),
                *("--jobs", str(jobs), "-s", f"OUTPUT_DIR={folder}/out", "-s", f"SITES_DIRS={folder}/sites"),
                *(
                    "-s",
                    f"DOWNLOAD_DELAY={delay}",
                    "-s",
                    "AUTOTHROTTLE_ENABLED=0",
                    "-s",
                    "DOWNLOAD_TIMEOUT=5",
                ),
                *("-s", "ROBOTSTXT_RETRY_WAIT=1"),
            ],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        watch = threading.Thread(target=_watch_memory, args=(run.pid, peak, done))
        watch.start()
        _, told = run.communicate()
        done.set()
        watch.join()
        seconds, after = time.monotonic() - began, os.times()
        processor = (
            after.children_user + after.children_system - before.children_user - before.children_system
        )
        result = json.loads((folder / "out" / "fleet-run.json").read_text())
        codes = Counter(site["exit_code"] for site in result["sites"])
        own = sum(site["seconds"] for site in result["sites"])
        gaps = _shortest_gaps(sites)
        # Neither can be undercut: the processor's seconds on two cores; the longest of `jobs` even shares of all waits.
        cores = len(os.sched_getaffinity(0))
        bound = max(processor / cores, own / jobs)
        print(
            f"many: {count} sites, {jobs} at a time: {seconds:.0f} s, {processor:.0f} s of processor on {cores} cores, "
            f"{own:.0f} s of crawls: {seconds / bound:.2f} of the bound of {bound:.0f} s; exit codes {dict(codes)}; at "
            f"most {peak[0] / 2**20:.0f} MB, {peak[0] / 2**20 / jobs:.0f} MB a job; shortest delay {min(gaps):.2f} s"
        )
        if run.returncode != 2 or codes != {0: count - 28, 3: 25, 2: 3}:
            problems.append(f"exit code {run.returncode}, sites {dict(codes)}\n{told[-2000:]}")
        if result["stories"] != (count - 28) * stories:
            problems.append(f"{result['stories']} stories of {(count - 28) * stories}")
        if min(gaps) < delay * 0.45:  # Scrapy draws delays from half to one and a half
            problems.append(f"requests {min(gaps):.2f} s apart")
    for server in hanging:
        server.close()
    return problems


def _watch_memory(pid: int, peak: list[int], done: threading.Event) -> None:
    """Proportional memory of the command and its crawls: what they share counts once."""
    while not done.wait(0.5):
        total = 0
        try:
            for process in psutil.Process(pid).children(recursive=True):
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
        except psutil.Error:
            return
        peak[0] = max(peak[0], total)


def _shortest_gaps(sites: Sites) -> list[float]:
    gaps = []
    for _, server in sites:
        times = sorted(request.time for request in server.log if request.path != "/robots.txt")
        gaps += [later - earlier for earlier, later in itertools.pairwise(times)]
    return gaps


SCENARIOS: dict[str, Callable[[], list[str]]] = {
    "kills": kills,
    "outages": outages,
    "stop": stop,
    "frozen": frozen,
    "hosts": hosts,
    "ticks": ticks,
    "many": many,
}


def main() -> None:
    failed = False
    for name in sys.argv[1:] or SCENARIOS:
        problems = SCENARIOS[name]()
        print(f"{name}: {'; '.join(problems) or 'well'}", flush=True)
        failed = failed or bool(problems)
    sys.exit(failed)


if __name__ == "__main__":
    main()
