"""Real pages of hundreds of publishers go through the whole crawl."""

from collections import Counter
from urllib.parse import urlsplit

import pytest

from tests.crawls.real_pages import PAGES, manifest, served
from tests.crawls.running import crawl


@pytest.mark.skipif(not PAGES.is_dir(), reason="the page benchmark is not beside the project")
def test_real_pages_become_stories(tmp_path):
    pages = manifest()
    with served(pages) as address:
        run = crawl(tmp_path, "-a", f"url={address}", "-a", "scope=/pages/", timeout=280)
    assert run.code == 0, run.told()
    assert "Traceback" not in run.stderr, run.told()
    stories = {urlsplit(story["url"]).path.rpartition("/")[2]: story for story in run.stories}
    expected = {page["id"] for page in pages if page["truth"].get("body")}
    got = {name for name in expected if name in stories and stories[name]["title"] and stories[name]["body"]}
    assert len(got) >= 0.95 * len(expected), (
        f"{len(got)} of {len(expected)}; not: {sorted(expected - got)[:20]}"
    )
    keys = Counter(story["title_key"] for story in run.stories)
    assert [key for key, count in keys.items() if count > 1] == []
