"""`scrapy crawl`: what is imported before it knows that the site is free."""

import subprocess
import sys

from tests.crawls.running import ROOT

# What reads pages, keeps the journal or serves the demo; a second run of a site ends without any of it.
_HEAVY = (
    "newscrawler.extraction.html.document",
    "newscrawler.demo",
    "newscrawler.journal",
    "sqlalchemy",
    "rich",
)


def test_commands_are_loaded_without_what_only_a_run_needs():
    # Scrapy imports every command's module for any command.
    code = (
        "import sys; from scrapy.utils.misc import walk_modules; walk_modules('newscrawler.commands');"
        "import newscrawler.arguments, newscrawler.lock;"
        f"print([name for name in {_HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
