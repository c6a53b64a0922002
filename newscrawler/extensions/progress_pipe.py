"""Progress of a crawl for the process that started it: a JSON object a second, on a pipe."""

from __future__ import annotations

import json
import os
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from newscrawler.extensions.progress import measure_progress

_SECONDS = 1.0  # between two objects


class ProgressPipe:
    """Scrapy extension. Writes to the file descriptor PROGRESS_FD, for as long as somebody reads it."""

    def __init__(self, crawler: Crawler, descriptor: int) -> None:
        self._crawler = crawler
        self._descriptor = descriptor
        self._task: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ProgressPipe:
        descriptor = crawler.settings.getint("PROGRESS_FD", -1)
        if descriptor < 0:
            raise NotConfigured
        os.set_blocking(descriptor, False)
        pipe = cls(crawler, descriptor)
        crawler.signals.connect(pipe.spider_opened, signals.spider_opened)
        crawler.signals.connect(pipe.spider_closed, signals.spider_closed)
        return pipe

    def spider_opened(self) -> None:
        self._task = create_looping_call(self._write)
        self._task.start(_SECONDS)

    def spider_closed(self) -> None:
        self._write()
        if self._task is not None and self._task.running:
            self._task.stop()

    def _write(self) -> None:
        line = json.dumps(measure_progress(self._crawler)._asdict()).encode() + b"\n"
        try:
            os.write(self._descriptor, line)  # shorter than PIPE_BUF: whole or not at all
        except BlockingIOError:
            return  # nobody reads at the moment
        except OSError:
            if self._task is not None and self._task.running:
                self._task.stop()
