"""The project's settings with each process's number in its User-Agent, so that a server's log tells crawls apart."""

import os

from newscrawler.settings import *  # noqa: F403 - all of them

USER_AGENT = f"newscrawler/1.0 process-{os.getpid()}"
