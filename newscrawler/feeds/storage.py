"""Feeds in local files and in stores like S3, which appear whole or not at all."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import IO, Any, cast

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.extensions.feedexport import S3FeedStorage
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure
from w3lib.url import file_uri_to_path

from newscrawler.feeds.delivery import Delivery
from newscrawler.feeds.temporary_file import FeedError, PartFile


class StoryFileStorage:
    """Storage for addresses without a scheme and for `file:`.

    `overwrite: True` (`-O`) replaces an earlier file at the end, not before; else (`-o`) its complete lines are
    kept and the new ones added. See `delivery.Delivery` for how and when the file gets its name.
    """

    def __init__(self, uri: str, delivery: Delivery, *, feed_options: dict[str, Any] | None = None) -> None:
        options = feed_options or {}
        self.path = Path(file_uri_to_path(uri) if uri.startswith("file:") else uri).absolute()
        self._form = str(options.get("format", ""))
        self._append = not options.get("overwrite", False)
        self._delivery = delivery

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None
    ) -> StoryFileStorage:
        try:
            delivery = crawler.get_extension(Delivery) or Delivery.from_crawler(crawler)
        except RuntimeError:  # extensions are being built: Scrapy only asks whether the scheme is known
            return cls(uri, Delivery(crawler), feed_options=feed_options)
        _one_line_errors()
        storage = cls(uri, delivery, feed_options=feed_options)
        try:
            delivery.check(storage.path, storage._form, storage._append)
        except FeedError as error:
            delivery.fail(storage.path, error)
            crawler.stats.inc_value(f"feedexport/failed_count/{cls.__name__}")
            raise CloseSpider("feed_failed") from error
        return storage

    def open(self, spider: Spider) -> IO[bytes]:
        return cast(IO[bytes], self._delivery.open(self.path, self._form, self._append))

    def store(self, file: IO[bytes]) -> None:
        self._delivery.store(cast(PartFile, file))


class S3StoryStorage(S3FeedStorage):
    """Storage for `s3:`: a feed is stored at the run's end, whole or not at all."""

    _delivery: Delivery

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None
    ) -> S3StoryStorage:
        storage = super().from_crawler(crawler, uri, feed_options=feed_options)
        try:
            storage._delivery = crawler.get_extension(Delivery) or Delivery.from_crawler(crawler)
        except RuntimeError:  # extensions are being built: Scrapy only asks whether the scheme is known
            storage._delivery = Delivery(crawler)
        _one_line_errors()
        return storage

    def store(self, file: IO[bytes]) -> Deferred[None]:
        return super().store(file).addErrback(self._failed)

    def _failed(self, failure: Failure) -> None:
        reason = " ".join(str(failure.value).split()) or type(failure.value).__name__
        error = FeedError(f"s3://{self.bucketname}/{self.keyname} cannot be stored: {reason}")
        self._delivery.fail_elsewhere(error)
        raise error


class _WithoutFeedErrors(logging.Filter):
    """Leaves out Scrapy's traceback of a feed's failure, which the delivery logs in one line."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], FeedError))


def _one_line_errors() -> None:
    logger = logging.getLogger("scrapy.extensions.feedexport")
    if not any(isinstance(known, _WithoutFeedErrors) for known in logger.filters):
        logger.addFilter(_WithoutFeedErrors())
