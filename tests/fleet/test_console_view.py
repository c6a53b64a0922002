import io
from pathlib import Path

from rich.console import Console

from newscrawler.fleet import LocalFleet
from newscrawler.fleet.console_view import FleetView, print_result
from newscrawler.fleet.site_crawl import CrawlState
from newscrawler.fleet.site_list import ListedSite

SITES = [ListedSite(f"site-{n}", f"url=http://{n}.example/") for n in range(40)]


def fleet_of(sites):
    return LocalFleet(sites, Path("nowhere"), jobs=2)


def test_the_live_table_fits_the_terminal():
    fleet = fleet_of(SITES)
    for crawl in fleet.crawls[:30]:
        crawl.state = CrawlState.RUNNING
    console = Console(file=io.StringIO(), force_terminal=True, width=100, height=20)
    console.print(FleetView(fleet, console, 0).live_table())
    shown = console.file.getvalue()
    assert shown.count("\n") <= 20
    assert "0 of 40 sites ended, 30 running" in shown


def test_a_problem_stays_on_the_line_of_its_site_and_cannot_move_the_cursor():
    fleet = fleet_of(
        [ListedSite("x", "x", problem="there is no site 'x'; " + "known are many; " * 9 + "\x1b[2J")]
    )
    console = Console(file=io.StringIO(), width=80)
    print_result(fleet, console)
    lines = console.file.getvalue().splitlines()
    assert len(lines) == 3, lines
    assert "known are many; " * 9 in lines[1]
    assert "\x1b[2J" not in lines[1]
