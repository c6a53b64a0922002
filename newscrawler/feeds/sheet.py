"""The interface of sheets, and the Scrapy exporter that writes any of them as a feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from pathlib import Path
from typing import IO, Any, ClassVar, NamedTuple, Protocol, Self
from zoneinfo import ZoneInfo

from scrapy.crawler import Crawler
from scrapy.exporters import BaseItemExporter

from newscrawler.feeds.serialise import plain_record
from newscrawler.feeds.temporary_file import recording


class SheetOptions(NamedTuple):
    """Options of a sheet; each kind uses those that concern it."""

    zone: tzinfo = UTC  # in which times with a known zone are shown
    columns: Sequence[str] | None = None  # names of fields; None: all
    work: Path | None = (
        None  # an empty folder for temporary files, removed at the end; None: one of the system's
    )
    further: Sequence[str] = ()  # names of columns of text beside the fields


class Sheet(Protocol):
    """A table of stories that is being written."""

    @property
    def rows(self) -> int:
        """Stories written."""

    @property
    def cut(self) -> int:
        """Cells that were too long."""

    @classmethod
    def begin(cls, file: IO[bytes], options: SheetOptions) -> Self: ...

    def add(self, story: Mapping[str, Any], /) -> None: ...

    def close(self) -> None:
        """Write the end of the file, which stays open. Raises `OSError` when it could not be written."""

    def abandon(self) -> None:
        """Free what a sheet holds that is not going to be closed; harmless after `close`."""


class SheetExporter(BaseItemExporter):
    """Writes a sheet of the class `sheet` in the zone of the setting SHEET_ZONE.

    The stat `feed/cells_cut` counts cells that were too long.
    """

    sheet: ClassVar[type[Sheet]]

    def __init__(self, file: IO[bytes], crawler: Crawler | None = None, **kwargs: Any) -> None:
        super().__init__(dont_fail=True, **kwargs)
        self._file = file
        self._crawler = crawler
        self._sheet: Sheet | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: IO[bytes], **kwargs: Any) -> Self:
        return cls(file, crawler, **kwargs)

    def start_exporting(self) -> None:
        with recording(self._file):
            zone = self._crawler.settings.get("SHEET_ZONE", "UTC") if self._crawler else "UTC"
            columns = list(self.fields_to_export) if self.fields_to_export else None
            self._sheet = self.sheet.begin(
                self._file, SheetOptions(ZoneInfo(zone), columns, work_folder(self._file))
            )

    def export_item(self, item: Any) -> None:
        with recording(self._file):
            if self._sheet is not None:
                self._sheet.add(plain_record(item))

    def finish_exporting(self) -> None:
        if self._sheet is None:
            return
        with recording(self._file):
            self._sheet.close()
        if self._sheet.cut and self._crawler is not None:
            self._crawler.stats.inc_value("feed/cells_cut", self._sheet.cut)


def work_folder(file: IO[bytes]) -> Path | None:
    """The folder for temporary files beside a named file, None for one without a name."""
    name = getattr(file, "name", None)
    return Path(f"{name}.work") if isinstance(name, str) else None
