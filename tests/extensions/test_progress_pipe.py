import json
import os
import subprocess
import sys

from tests.crawls.running import FAST, ROOT


def test_a_crawl_writes_its_numbers_to_whoever_started_it(tmp_path):
    reading, writing = os.pipe()
    settings = {**FAST, "OUTPUT_DIR": tmp_path, "PROGRESS_FD": writing}
    words = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    crawl = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "site", "--quiet", *words], cwd=ROOT, pass_fds=(writing,)
    )
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        lines = [json.loads(line) for line in pipe]
    assert crawl.wait(timeout=60) == 0
    assert set(lines[-1]) == {"stories", "pages", "waiting", "errors"}
    last = json.loads((tmp_path / "demo" / "last-run.json").read_text())
    assert lines[-1]["stories"] == last["stories"]["new"]
    assert lines[-1]["pages"] == sum(last["pages"].values())
    assert [line["pages"] for line in lines] == sorted(line["pages"] for line in lines)
