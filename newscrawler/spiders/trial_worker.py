"""A program that reads pages for trial and says so: what wedges it costs a process, not the crawl.

Standard input has a line of JSON (address, Content-Type, length of the body) and the body, for each page; standard
output a line `ready` at the beginning, and `read` for each page.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from time import process_time

from newscrawler.extraction import read
from newscrawler.sites.family import family_selectors

_SECONDS = 20  # of processor time for a page; should nobody be left to end this process, the system does
_BYTES = 2_000_000_000  # of address space


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the crawl, which ends this
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pages, answers = sys.stdin.buffer, sys.stdout.buffer
    answers.write(b"ready\n")
    answers.flush()
    while head := pages.readline():
        url, content_type, length = json.loads(head)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(process_time()) + _SECONDS, hard))
        page = read(pages.read(length), url, content_type, family=family_selectors)
        _ = page.links, page.facts, page.application, page.redirect_target
        del page
        answers.write(b"read\n")
        answers.flush()


if __name__ == "__main__":
    main()
