"""The figures that were reached on the benchmark's real pages are floors.

Runs where the pages are, beside the project's folder. The block model was trained on these pages: the figures on
sites it has not seen are lower, see docs/extraction.md. Cost is measured by benchmarks/cost.py, not here.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from newscrawler.extraction import extract

SHARED = Path(__file__).parents[2].parent / "shared"
MANIFEST = SHARED / "pages" / "manifest.jsonl"
SCORING = SHARED / "page-benchmark" / "scoring.py"
DIGEST = "fbeeabb5cc585d9660895d52a2a6f0c8d9854a22c3e9b7f9f964c0691b5e2c8c"
SHORT_TEXTS = ("aeb", "fundus")
# (sources, metric) -> floor
FLOORS = {
    (SHORT_TEXTS, "body_f1"): 0.976,
    (("trafilatura",), "snip_f1"): 0.954,
    (("fundus",), "title_any"): 0.990,
    (("fundus",), "day"): 0.990,
    (("fundus",), "instant"): 0.990,
    (("fundus",), "authors"): 0.900,
    (("fundus",), "tags"): 0.825,
}

pytestmark = pytest.mark.skipif(
    not MANIFEST.is_file() or not SCORING.is_file(), reason=f"no benchmark pages at {SHARED}"
)


@pytest.fixture(scope="module")
def scoring() -> Any:
    spec = importlib.util.spec_from_file_location("page_benchmark_scoring", SCORING)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_page_benchmark(scoring: Any) -> None:
    manifest = MANIFEST.read_bytes()
    assert sha256(manifest).hexdigest() == DIGEST, "other pages than the floors were measured on"
    scores: dict[str, list[Any]] = {}
    for line in manifest.decode().splitlines():
        record = json.loads(line)
        page = gzip.decompress((MANIFEST.parent / record["html"]).read_bytes())
        story = extract(page, record["url"], record["content_type"])
        found = story and {
            "title": story.title,
            "published": story.published,
            "authors": story.authors,
            "body": story.body,
            "tags": story.tags,
        }
        scores.setdefault(record["source"], []).append(scoring.score_page(record, found))
    low = []
    for (sources, metric), floor in FLOORS.items():
        reached = scoring.aggregate([score for source in sources for score in scores[source]])[metric]
        if reached < floor:
            low.append(f"{metric} on {' + '.join(sources)}: {reached:.4f}, floor {floor}")
    assert not low, "; ".join(low)
