from pathlib import Path

import pytest

from newscrawler.feeds.append import complete_end, join
from newscrawler.feeds.temporary_file import FeedError


@pytest.mark.parametrize(
    ("form", "content", "complete", "torn"),
    [
        ("jsonl", b"", 0, 0),
        ("jsonl", b'{"a": 1}\n', 9, 0),
        ("jsonl", b'{"a": 1}', 8, 0),
        ("jsonl", b'{"a": 1}\n{"a', 9, 3),
        ("jsonl", b'{"a', 0, 3),
        ("csv", b'a,b\r\n1,"x\r\ny"\r\n', 15, 0),
        ("csv", b"a,b\r\n1,2", 8, 0),
        ("csv", b"a,b\r\n1", 5, 1),
        ("csv", b'a,b\r\n1,"x\r\n', 5, 6),
    ],
)
def test_complete_end(tmp_path: Path, form: str, content: bytes, complete: int, torn: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    assert complete_end(path, form) == (complete, torn)


def test_join_writes_one_header_and_puts_the_torn_row_aside(tmp_path: Path) -> None:
    old, new, joined = (tmp_path / name for name in ("old", "new", "joined"))
    old.write_bytes(b"\xef\xbb\xbfa,b\r\n1,2\r\n3")
    new.write_bytes(b"\xef\xbb\xbfa,b\r\n5,6\r\n")
    assert join(old, new, joined, "csv") == 1
    assert joined.read_bytes() == b"\xef\xbb\xbfa,b\r\n1,2\r\n5,6\r\n"
    assert (tmp_path / "old.torn").read_bytes() == b"3\n"


def test_other_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"a,b\r\n1,2\r\n")
    (tmp_path / "new").write_bytes(b"a,c\r\n1,2\r\n")
    with pytest.raises(FeedError, match="other columns"):
        join(tmp_path / "old", tmp_path / "new", tmp_path / "joined", "csv")
