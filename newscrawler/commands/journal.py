"""`scrapy journal`: look into a site's journal, and make it forget."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

# Every `scrapy` command imports this module: what takes long to import is imported where it is used.
if TYPE_CHECKING:
    from newscrawler.journal import Journal, StoryRow
    from newscrawler.journal.terminal_output import Printer

FAILED = 2
_WITH_ARGUMENT = {"story": "STORY", "page": "URL", "why": "URL", "diff": "STORY"}
_ACTIONS = ("runs", "stories", "story", "page", "why", "diff", "forget", "prune")


class Command(ScrapyCommand):
    """Looks into a site's journal."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "<runs | stories [TEXT] | story STORY | page URL | why URL | diff STORY | forget | prune> [options]"

    def short_desc(self) -> str:
        return "Look into a site's journal, or make it forget"

    def long_desc(self) -> str:
        return (
            "What earlier runs saw and delivered. runs: how they ended. stories: the latest, or those with TEXT in "
            "the title, address or key. story: one story, its revisions and files. page: all that is known of an "
            "address. why: why an address is a story or is not. diff: what changed from revision to revision. "
            "forget: remove a site, or with --url one address, so that it is crawled and delivered anew. prune: "
            "remove what is older than the setting JOURNAL_KEEP_DAYS says. STORY is a story's key, its number or URL."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--site", metavar="NAME", help="the site's short name (default: the setting SITE)"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
        parser.add_argument(
            "--limit", metavar="N", default="20", help="how many runs or stories (default: 20)"
        )
        parser.add_argument("--url", metavar="URL", help="forget: this address only")
        parser.add_argument("--yes", action="store_true", help="forget: do not ask")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        action, rest = self._checked(args, opts)
        from newscrawler.journal import Journal, JournalError, journal_url

        site = opts.site or self.settings["SITE"]
        try:
            url = journal_url(self.settings.get("JOURNAL"), self.settings.get("OUTPUT_DIR", "output"), site)
            # Forgetting must not create the journal that it would empty.
            Journal.open(url, read_only=True).close()
            with Journal.open(url, read_only=action not in ("forget", "prune")) as journal:
                getattr(self, f"_{action}")(journal, site, rest, opts)
        except JournalError as error:
            self._fail(str(error))
        except BrokenPipeError:  # `| head` has read enough
            sys.stderr.close()

    def _checked(self, args: list[str], opts: argparse.Namespace) -> tuple[str, str | None]:
        action = args[0] if args else ""
        if action not in _ACTIONS:
            raise UsageError(
                f"it needs one of {', '.join(_ACTIONS)}" + (f", got {action!r}" if action else "")
            )
        wanted = _WITH_ARGUMENT.get(action)
        most = 2 if wanted or action == "stories" else 1
        if len(args) > most:
            raise UsageError(f"{action}: too much given: {' '.join(args[most:])!r}")
        if wanted and len(args) < 2:
            raise UsageError(f"{action} needs a {wanted}")
        if opts.url is not None and action != "forget":
            raise UsageError("--url goes with forget")
        if not (opts.limit.isascii() and opts.limit.isdigit() and 0 < int(opts.limit) <= 1_000_000):
            raise UsageError(f"--limit {opts.limit!r} is not a number above 0")
        return action, args[1] if len(args) > 1 else None

    def _runs(self, journal: Journal, site: str, rest: None, opts: argparse.Namespace) -> None:
        _printer(opts).runs(journal.runs.latest(site, int(opts.limit)))

    def _stories(self, journal: Journal, site: str, like: str | None, opts: argparse.Namespace) -> None:
        _printer(opts).stories(journal.stories.latest(site, int(opts.limit), like=like))

    def _story(self, journal: Journal, site: str, name: str, opts: argparse.Namespace) -> None:
        self._with_story(journal, site, name, lambda story: _printer(opts).story(journal, site, story))

    def _page(self, journal: Journal, site: str, url: str, opts: argparse.Namespace) -> None:
        pages = journal.pages.by_url(site, url, _key(url))
        if pages:
            _printer(opts).pages(pages)
        else:
            self._fail(f"no crawl of {site} met {url}")

    def _why(self, journal: Journal, site: str, url: str, opts: argparse.Namespace) -> None:
        from newscrawler.journal.explain import why

        answer = why(journal, site, url, _key(url))
        if answer is None:
            self._fail(
                f"no crawl of {site} met {url}: nothing that was fetched links it, or it is out of scope"
            )
        else:
            _printer(opts).answer(answer)

    def _diff(self, journal: Journal, site: str, name: str, opts: argparse.Namespace) -> None:
        self._with_story(
            journal, site, name, lambda story: _printer(opts).diff(journal.stories.history(site, story.key))
        )

    def _forget(self, journal: Journal, site: str, rest: None, opts: argparse.Namespace) -> None:
        what = opts.url or f"all that is known of {site}"
        if not (opts.yes or opts.url):
            if not sys.stdin.isatty():
                self._fail(f"forgetting {what} delivers every story again: say --yes if that is wanted")
                return
            if input(f"Forget {what}, and deliver every story again? [y/N] ").strip().lower() not in (
                "y",
                "yes",
            ):
                return
        removed = (
            journal.retention.forget_url(site, opts.url) if opts.url else journal.retention.forget_site(site)
        )
        if opts.url and not (removed.pages or removed.stories):
            self._fail(f"no crawl of {site} met {opts.url}")
            return
        _printer(opts).removed(removed)

    def _prune(self, journal: Journal, site: str, rest: None, opts: argparse.Namespace) -> None:
        from newscrawler.journal import RetentionPeriods

        _printer(opts).removed(
            journal.retention.prune(site, RetentionPeriods.of(self.settings.getdict("JOURNAL_KEEP_DAYS")))
        )

    def _with_story(self, journal: Journal, site: str, name: str, show: Callable[[StoryRow], None]) -> None:
        story = journal.stories.get(site, name) or journal.stories.get(site, f"{site}:{name}")
        if story is None:
            story = next(iter(journal.stories.by_url(site, name)), None)
        if story is None:
            self._fail(
                f"{site} has no story {name!r}: `scrapy journal stories TEXT` lists stories and their keys"
            )
        else:
            show(story)

    def _fail(self, reason: str) -> None:
        print(f"scrapy journal: {reason}", file=sys.stderr)
        self.exitcode = FAILED


def _printer(opts: argparse.Namespace) -> Printer:
    from newscrawler.journal.terminal_output import JsonLines, Tables

    return JsonLines() if opts.json else Tables()


def _key(url: str) -> str | None:
    from newscrawler.discovery import url_key

    return url_key(url)
