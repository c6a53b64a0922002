import subprocess
import sys
from pathlib import Path

from newscrawler.feeds.temporary_file import PartFile, remove_stale, stale_files, temporary_beside


def test_a_file_being_written_is_not_stale(tmp_path: Path) -> None:
    errors: list[BaseException] = []
    file = PartFile(temporary_beside(tmp_path / "a.jsonl"), errors.append)
    file.write(b"{}")
    assert stale_files(tmp_path) == []
    file.close()
    assert stale_files(tmp_path) == [file.path]
    (tmp_path / ".hidden.part").write_text("someone else's")
    (tmp_path / f"{file.path.name}.work").mkdir()
    assert stale_files(tmp_path, "b.jsonl") == []
    assert len(remove_stale(tmp_path, "a.jsonl")) == 2
    assert [path.name for path in tmp_path.iterdir()] == [".hidden.part"]
    assert errors == []


def test_a_failing_disk_is_kept_not_raised(tmp_path: Path) -> None:
    errors: list[BaseException] = []
    file = PartFile(tmp_path / "no folder" / "a", errors.append)
    assert file.write(b"abc") == 3
    file.sync()
    file.close()
    assert errors == [file.error]
    assert isinstance(file.error, FileNotFoundError)


def test_a_file_is_never_taken_for_a_dead_one_s_while_it_is_made(tmp_path: Path) -> None:
    sweep = (
        "import sys, time; from pathlib import Path; from newscrawler.feeds.temporary_file import remove_stale\n"
        "end = time.monotonic() + 60; folder = Path(sys.argv[1])\n"
        "while not (folder / 'done').exists() and time.monotonic() < end: remove_stale(folder, 'a.jsonl')\n"
    )
    sweeps = [
        subprocess.Popen([sys.executable, "-c", sweep, str(tmp_path)], cwd=Path(__file__).parents[2])
        for _ in range(2)
    ]
    errors: list[BaseException] = []
    try:
        for at in range(1500):
            file = PartFile(temporary_beside(tmp_path / "a.jsonl"), errors.append)
            assert file.path.exists(), f"file {at} was removed while it was held"
            file.close()
    finally:
        (tmp_path / "done").touch()
        assert [run.wait(60) for run in sweeps] == [0, 0]
    assert errors == []
