"""A wrong argument ends before anything is fetched or written."""

import pytest

from tests.crawls.running import crawl, scrapy


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


def test_an_unknown_spider_is_one_line(tmp_path):
    done = scrapy("crawl", "nosuch", "-s", f"OUTPUT_DIR={tmp_path / 'output'}")
    assert done.returncode == 2, done.stderr
    assert done.stderr == "scrapy crawl: no spider 'nosuch'; known is site\n"
    assert not (tmp_path / "output").exists()
