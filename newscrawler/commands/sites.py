"""`scrapy sites`: the profiles there are, what became of their last runs, and whether a profile still works.

Exit codes: 0 well; 1 a profile is broken or finds too little; 2 bad arguments; 3 the site gave no stories.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawler.commands.text_table import print_table

if TYPE_CHECKING:
    from newscrawler.sites import Catalogue

# Every `scrapy` command imports this module: what takes long to import is imported where it is used.

BROKEN, BAD_ARGUMENTS, NOTHING_FOUND = 1, 2, 3
_STORIES = 5  # of a site that a check reads
_MOST_STORIES = 100


@dataclass(frozen=True)
class SiteState:
    """A site that has a profile or was crawled, and what is known of its last run.

    `profile` is the file; None for a site that is crawled without one. `stories` are those in its journal, None where
    there is no journal. `problem` is the profile's, else the first of the last run's.
    """

    site: str
    start: list[str]
    profile: str | None
    last_run: str | None
    exit_code: int | None
    stories: int | None
    problem: str | None


class Command(ScrapyCommand):
    """Lists sites, or checks the profile of one."""

    requires_project = True

    def syntax(self) -> str:
        return "[check NAME] [--pages N] [--json]"

    def short_desc(self) -> str:
        return "List sites and their last runs, or check a profile"

    def long_desc(self) -> str:
        return (
            "Lists the sites that have a profile or were crawled: the profile's file, when the last run ended and "
            "how, how many stories the journal has. check NAME reads some stories of a site and tells for each field "
            "of its profile on how many pages it was found, and by what; the exit code is 1 when one fails."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
        parser.add_argument(
            "--pages",
            metavar="N",
            default=str(_STORIES),
            help=f"check: story pages to read (default: {_STORIES})",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        self.requires_crawler_process = bool(args)
        if not args:
            return
        if args[0] != "check" or len(args) != 2:
            raise UsageError(f"it takes nothing, or check and a profile's name, got: {' '.join(args)}")
        from newscrawler.arguments import ArgumentError, read_arguments
        from newscrawler.commands.site_sample import prepare_sample

        try:
            if not opts.pages.isdecimal() or not 1 <= int(opts.pages) <= _MOST_STORIES:
                raise ArgumentError(f"--pages {opts.pages}: not a number from 1 to {_MOST_STORIES}")
            self._site = read_arguments({"site": args[1]}, self.settings).site
        except ArgumentError as error:
            self._end(BAD_ARGUMENTS, str(error))
            sys.exit(BAD_ARGUMENTS)
        prepare_sample(self.settings, self._site.start, int(opts.pages), opts.loglevel is not None)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            self._check(int(opts.pages), opts.json)
            return
        from newscrawler.arguments import profile_folders
        from newscrawler.sites import Catalogue, SiteError

        try:
            catalogue = Catalogue(profile_folders(self.settings))
        except SiteError as error:
            self._end(BAD_ARGUMENTS, str(error))
            return
        states = list(self._states(catalogue))
        if opts.json:
            _print_json([asdict(state) for state in states])
        else:
            head = ("site", "last run", "exit", "stories", "profile", "problem")
            print_table([head, *(_row(state) for state in states)])

    def _states(self, catalogue: Catalogue) -> Iterator[SiteState]:
        from newscrawler.extensions.last_run import last_run_path
        from newscrawler.sites import SiteError

        output = Path(self.settings["OUTPUT_DIR"])
        crawled = {file.parent.name for file in output.glob("*/last-run.json")}
        crawled |= {file.stem for file in output.glob(".journal/*.sqlite")}
        for name in sorted(crawled.union(catalogue.names)):
            start, problem = [], None
            if name in catalogue.names:
                try:
                    start = catalogue.site(name).start
                except SiteError as error:
                    problem = str(error)
                    self.exitcode = BROKEN
            run = _last_run(last_run_path(str(output), name))
            yield SiteState(
                site=name,
                start=start,
                profile=str(catalogue.file(name)) if name in catalogue.names else None,
                last_run=run.get("finished"),
                exit_code=run.get("exit_code"),
                stories=self._stories(name),
                problem=problem or next(iter(run.get("problems") or ()), None),
            )

    def _stories(self, site: str) -> int | None:
        from newscrawler.journal import Journal, JournalError, journal_url

        try:
            url = journal_url(self.settings["JOURNAL"], self.settings["OUTPUT_DIR"], site)
            with Journal.open(url, read_only=True) as journal:
                return journal.stories.count(site)
        except JournalError:
            return None

    def _check(self, stories: int, as_json: bool) -> None:
        from newscrawler.commands.site_sample import fetch_sample
        from newscrawler.sites.learning.profile_check import check_profile

        name = self._site.name
        sample = fetch_sample(self.crawler_process, stories, {"site": name}, self._site.rules)
        if sample.problem is not None:
            self._end(NOTHING_FOUND, f"{name} cannot be checked: {sample.problem}")
            return
        checks = check_profile(self._site, sample.stories)
        works = not any(check.works is False for check in checks)
        self.exitcode = 0 if works else BROKEN
        if as_json:
            fields = {check.name: asdict(check) for check in checks}
            _print_json([{"site": name, "pages": len(sample.stories), "works": works, "fields": fields}])
            return
        words = {True: "works", False: "FAILS", None: "not seen"}
        rows = [
            (
                check.name,
                words[check.works],
                f"{check.found} of {check.pages} pages",
                ", ".join(f"{source} {count}" for source, count in check.sources.items()),
            )
            for check in checks
        ]
        print_table([("field", "", "found on", "by"), *rows])

    def _end(self, code: int, reason: str) -> None:
        from newscrawler.text import visible

        print(f"scrapy sites: {visible(reason)}", file=sys.stderr)
        self.exitcode = code


def _last_run(path: Path) -> dict[str, Any]:
    """The account of a site's last run; empty when there is none that can be read."""
    try:
        account = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return account if isinstance(account, dict) else {}


def _row(state: SiteState) -> tuple[str, ...]:
    def shown(value: object) -> str:
        return "-" if value is None else str(value)

    return (
        state.site,
        shown(state.last_run),
        shown(state.exit_code),
        shown(state.stories),
        shown(state.profile),
        state.problem or "",
    )


def _print_json(records: Sequence[dict[str, Any]]) -> None:
    for record in records:
        print(json.dumps(record))
