from pathlib import Path

import pytest
from scrapy.utils.misc import load_object

from newscrawler.feeds import formats
from newscrawler.feeds.formats import FORMATS, SHEET_SUFFIXES, missing_package
from newscrawler.feeds.sheet import SheetExporter

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", FORMATS)
def test_classes_of_a_format_exist_and_belong_together(name: str) -> None:
    form = FORMATS[name]
    exporter = load_object(form.exporter)
    if form.sheet:
        assert issubclass(exporter, SheetExporter)
        assert exporter.sheet is load_object(form.sheet)
    if form.package:
        pins = (ROOT / f"requirements-{name}.txt").read_text()
        assert f"{form.package}~=" in pins


def test_every_sheet_is_documented() -> None:
    page = (ROOT / "docs" / "sheets.md").read_text()
    assert [suffix for suffix in SHEET_SUFFIXES if f"| `{suffix}` |" not in page] == []


def test_a_missing_package_is_named_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    assert missing_package("csv") is None
    monkeypatch.setitem(formats.FORMATS, "parquet", FORMATS["parquet"]._replace(package="no_such_package"))
    assert missing_package("parquet") == (
        "Parquet needs no_such_package: pip install -r requirements-parquet.txt"
    )
