"""A wrong argument ends before anything is fetched or written."""

import pytest

from tests.crawls.running import crawl


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-a", "site=nosuch"], "there is no site 'nosuch'"),
        (["-a", "url=notaurl"], "not a full web address"),
        (["-a", "since=yesterdayish"], "-a since=yesterdayish: not a date"),
    ],
)
def test_one_line_exit_code_2_nothing_written(tmp_path, words, told):
    run = crawl(tmp_path / "output", *words)
    assert run.code == 2, run.told()
    assert told in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1, run.stderr
    assert run.stdout == ""
    assert not (tmp_path / "output").exists()
