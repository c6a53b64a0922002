from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from newscrawler.feeds.formats import SHEET_SUFFIXES, missing_package
from newscrawler.feeds.sheet_writer import write_sheet, write_whole
from tests.feeds.crawling import story


def broken() -> Iterator[dict[str, Any]]:
    yield story(1)
    raise ValueError("the source broke")


@pytest.mark.parametrize("suffix", SHEET_SUFFIXES)
def test_a_sheet_that_fails_leaves_the_earlier_one_alone(tmp_path: Path, suffix: str) -> None:
    if lacking := missing_package(suffix.removeprefix(".")):
        pytest.skip(lacking)
    output = tmp_path / f"a{suffix}"
    assert write_sheet([story(1), story(2)], output, UTC).rows == 2
    good = output.read_bytes()
    with pytest.raises(ValueError, match="the source broke"):
        write_sheet(broken(), output, UTC)
    assert output.read_bytes() == good
    assert [path.name for path in tmp_path.iterdir()] == [output.name]


def test_write_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "deep" / "a.html", b"one")
    write_whole(tmp_path / "deep" / "a.html", b"two")
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "deep").iterdir()] == [("a.html", b"two")]
