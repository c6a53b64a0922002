"""`scrapy learn`: a site's profile from a few of its story pages.

Exit codes: 0 a profile was written; 1 it could not be written; 2 bad arguments; 3 the site gave no stories.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

if TYPE_CHECKING:
    from newscrawler.commands.site_sample import SiteSample
    from newscrawler.sites import Site
    from newscrawler.sites.learning import LearnedField

# Every `scrapy` command imports this module: what takes long to import is imported where it is used.

FAILED, BAD_ARGUMENTS, NOTHING_FOUND = 1, 2, 3
_STORIES = 12  # of a site that are read
_MOST_STORIES = 100


class Command(ScrapyCommand):
    """Writes the profile of a site that general reading of some of its stories teaches."""

    requires_project = True

    def syntax(self) -> str:
        return "<URL> [--name NAME] [--pages N] [--out DIR] [--force]"

    def short_desc(self) -> str:
        return "Learn a site's profile from a few of its pages"

    def long_desc(self) -> str:
        return (
            "Reads a site's start page and some of its newest stories, as politely as a crawl does, and writes a "
            "profile: selectors of the fields whose place the stories agree on, and forms of their addresses. The "
            "pages are saved beside it with what was read from them. What is not sure is a comment in the profile."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--name", metavar="NAME", help="the profile's name (default: the host's)")
        parser.add_argument(
            "--pages", metavar="N", default=str(_STORIES), help=f"story pages to read (default: {_STORIES})"
        )
        parser.add_argument(
            "--out",
            metavar="DIR",
            help="the profile's folder (default: the first of SITES_DIRS, else sites/ beside scrapy.cfg)",
        )
        parser.add_argument("--force", action="store_true", help="replace a profile that is there")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if len(args) != 1:
            raise UsageError("name one site: the URL of its start page")
        try:
            self._check(args[0], opts)
        except ValueError as error:
            self._end(BAD_ARGUMENTS, str(error))
            sys.exit(BAD_ARGUMENTS)

    def _check(self, url: str, opts: argparse.Namespace) -> None:
        """Raises ValueError with one line for an argument that cannot be used."""
        from newscrawler.arguments import profile_folder, read_arguments
        from newscrawler.commands.site_sample import prepare_sample
        from newscrawler.sites import site_of_host
        from newscrawler.sites.profile import SLUG

        if not opts.pages.isdecimal() or not 3 <= int(opts.pages) <= _MOST_STORIES:
            raise ValueError(f"--pages {opts.pages}: not a number from 3 to {_MOST_STORIES}")
        self._site = site_of_host(url)
        if opts.name is not None:
            if not SLUG.fullmatch(opts.name):
                raise ValueError(f"--name {opts.name}: only small letters, digits and hyphens, 64 at most")
            self._site = self._site.model_copy(update={"name": opts.name})
        folder = Path(opts.out) if opts.out else profile_folder(self.settings)
        self._file = folder / f"{self._site.name}.toml"
        if self._file.exists() and not opts.force:
            raise ValueError(f"{self._file} exists: give another --name, or --force to replace it")
        read_arguments(
            {"url": url}, self.settings
        )  # a profile of the domain that is broken would end the crawl
        prepare_sample(self.settings, self._site.start, int(opts.pages), opts.loglevel is not None)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from newscrawler.commands.site_sample import fetch_sample
        from newscrawler.sites.learning import learn_fields, learn_story_urls, profile_text
        from newscrawler.sites.learning.field_learner import FEWEST_PAGES

        sample = fetch_sample(self.crawler_process, int(opts.pages), {"url": args[0]})
        if len(sample.stories) < FEWEST_PAGES:
            found = f"{len(sample.stories)} stories were found, {FEWEST_PAGES} are needed"
            self._end(NOTHING_FOUND, f"nothing learned of {args[0]}: {sample.problem or found}")
            return
        fields = learn_fields(sample.pages)
        forms = learn_story_urls(page.url for page in sample.pages)
        if not forms and not any(one.selector for one in fields):
            agree = f"its {len(sample.stories)} stories agree on the place of no field; it needs no profile"
            self._end(
                NOTHING_FOUND, f"nothing learned of {args[0]}: {agree}: scrapy crawl site -a url={args[0]}"
            )
            return
        day = datetime.now(UTC).date().isoformat()
        note = f"Learned by `scrapy learn` on {day} from {len(sample.stories)} stories of {args[0]}"
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            pages = self._save(sample)
            self._file.write_text(
                profile_text(_values(self._site, sample), forms, fields, note), encoding="utf-8"
            )
        except OSError as error:
            self._end(FAILED, f"{error.filename or self._file}: {error.strerror}")
            return
        self._print(sample, fields, forms, pages)

    def _save(self, sample: SiteSample) -> Path:
        """Write the pages, and what is read from them without a profile, in place of those of an earlier profile."""
        from newscrawler.commands.page_output import save_page

        folder = self._file.with_suffix("") / "pages"
        folder.mkdir(parents=True, exist_ok=True)
        for earlier in (*folder.glob("story-*.html.gz"), *folder.glob("story-*.json")):
            earlier.unlink()
        for number, saved in enumerate(sample.pages, 1):
            save_page(folder / f"story-{number:02}", *saved)
        return folder

    def _print(
        self,
        sample: SiteSample,
        fields: list[LearnedField],
        forms: list[tuple[str, int]],
        pages: Path,
    ) -> None:
        from newscrawler.sites.learning.profile_text import unsure
        from newscrawler.text import visible

        print(f"{len(sample.stories)} stories in {sample.requested} pages of {self._site.start[0]}")
        rows = [("story_urls", form, f"{count} of {len(sample.stories)} addresses") for form, count in forms]
        for one in fields:
            reason = f"the same on {one.agreed} of {one.pages} pages; without it: {one.found_by}"
            rows.append((one.name, one.selector or "-", reason if one.selector else unsure(one)))
        width = max(len(place) for _, place, _ in rows)
        for name, place, reason in rows:
            print(f"  {name:<10}  {visible(place):<{width}}  {reason}")
        print(f"profile: {self._file}")
        print(f"pages and what was read from them: {pages}")
        print(f"use it: scrapy crawl site -a site={self._site.name}{self._setting()}")

    def _setting(self) -> str:
        """The setting that a crawl needs to find the profile, where the project's own do not name its folder."""
        from newscrawler.arguments import profile_folders

        known = [Path(folder).resolve() for folder in profile_folders(self.settings)]
        return "" if self._file.parent.resolve() in known else f" -s SITES_DIRS={self._file.parent}"

    def _end(self, code: int, reason: str) -> None:
        from newscrawler.text import visible

        print(f"scrapy learn: {visible(reason)}", file=sys.stderr)
        self.exitcode = code


def _values(site: Site, sample: SiteSample) -> dict[str, Any]:
    """The keys of a profile that are known besides its selectors and forms of addresses."""
    from urllib.parse import urlsplit

    from newscrawler.demo import HOSTS

    host = (urlsplit(site.start[0]).hostname or "").removeprefix("www.")
    stories = [page.story for page in sample.stories if page.story is not None]
    names = {name for page in sample.stories for name in page.document.facts.meta("og:site_name")[:1] if name}
    languages = {story.language for story in stories}
    values: dict[str, Any] = {"name": site.name}
    if len(names) == 1:
        values["title"] = names.pop()
    values |= {"start": site.start, "domains": [host]}
    if len(languages) == 1 and (language := languages.pop()):
        values["language"] = language
    if host in HOSTS:
        values["demo"] = True
    return values
