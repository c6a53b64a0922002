"""A program: `scrapy` with the words that are given, ended when its parent ends.

python -m newscrawler.fleet.crawl_process PARENT crawl site -a site=NAME
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> None:
    parent = int(sys.argv[1])
    end_with_parent(parent)
    from scrapy.cmdline import execute

    execute(["scrapy", *sys.argv[2:]])


def end_with_parent(parent: int) -> None:
    """Ask the system for SIGTERM at the parent's death, by which a crawl ends and delivers. Linux alone has that."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it died before
        sys.exit(1)


if __name__ == "__main__":
    main()
