"""Feeds in a store like S3, against a real HTTP server of that kind (moto)."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from xml.etree import ElementTree

import pytest

from tests.crawls.running import FAST, scrapy

KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
FEEDS = {"s3://news/%(site)s/%(utc)s.jsonl": {"format": "jsonl", "store_empty": False}}


@pytest.fixture(scope="module")
def store():
    """The address of the store, with a bucket `news`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                asked(f"{address}/news", "PUT")
                break
            except urllib.error.URLError:
                assert time.monotonic() < deadline, "the store did not start"
                assert server.poll() is None, "the store ended"
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


def asked(url, method="GET"):
    with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=30) as answer:  # noqa: S310
        return answer.read()


def objects(store):
    listing = ElementTree.fromstring(asked(f"{store}/news?list-type=2"))  # noqa: S314 our own server's
    return [element.text for element in listing.iterfind(".//{*}Key")]


def crawl(store, output, max_stories=5):
    settings = {
        **FAST,
        "OUTPUT_DIR": output,
        "AWS_ENDPOINT_URL": store,
        "FEEDS": json.dumps(FEEDS),
        "FEED_STORAGE_S3_ACL": "public-read",
    }
    words = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    return scrapy("crawl", "site", "-a", f"max_stories={max_stories}", *words, env=KEYS)


def test_a_store_that_is_away_loses_nothing(store, tmp_path):
    failed = crawl("http://127.0.0.1:9", tmp_path)
    assert failed.returncode == 4, failed.stderr
    assert "Traceback" not in failed.stderr
    assert "cannot be stored: Could not connect" in failed.stderr
    assert "cannot be stored" in json.loads((tmp_path / "demo" / "last-run.json").read_text())["problems"][0]
    run = crawl(store, tmp_path)
    assert run.returncode == 0, run.stderr
    (key,) = objects(store)
    assert key.startswith("demo/")
    titles = [json.loads(line)["title"] for line in asked(f"{store}/news/{key}").splitlines()]
    assert len(titles) == len(set(titles)) == 5, "those that could not be stored before, too"
    assert crawl(store, tmp_path, max_stories=500).returncode == 0
    rest = [key for key in objects(store) if key.startswith("demo/")][1:]
    later = [json.loads(line)["title"] for key in rest for line in asked(f"{store}/news/{key}").splitlines()]
    assert later
    assert not set(later) & set(titles), "what was delivered is not delivered again"
    assert "secret" not in (tmp_path / "demo" / "last-run.json").read_text()
