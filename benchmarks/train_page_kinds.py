"""Train the weights of the page kinds, with figures cross-validated by domain.

    PYTHONPATH=. python benchmarks/train_page_kinds.py --listings ../shared/listings --pages ../shared/pages [--write]

Prints, for each source of pages, the share of pages whose kind is told right when no page of the same
registrable domain was trained on. `--write` trains on all pages and stores the weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from publicsuffixlist import PublicSuffixList
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from newscrawler.extraction.dates import find_dates
from newscrawler.extraction.document import Document
from newscrawler.extraction.kind_signs import NAMES, signs
from newscrawler.extraction.kinds import WEIGHTS
from newscrawler.extraction.rules import Rules
from newscrawler.extraction.title import find_title

FOLDS = 20
STRENGTH = 0.3
DOUBTED = 0.8


def pages(folder: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row, gzip.decompress((folder / row["html"]).read_bytes())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--listings", type=Path, required=True)
    arguments.add_argument("--pages", type=Path, required=True)
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    suffixes = PublicSuffixList()
    numbers, stories, domains, sources, urls = [], [], [], [], []
    for folder, is_story in ((given.listings, False), (given.pages, True)):
        for row, body in pages(folder):
            content_type = row.get("content_type")
            if encoding := row.get("encoding"):
                content_type = f"text/html; charset={encoding}"
            document = Document(body, row["url"], content_type)
            title = find_title(document, Rules())
            dates = find_dates(document, Rules(), None, title.element)
            numbers.append(signs(document, title, dates.published is not None))
            host = row["url"].split("/")[2].partition(":")[0]
            stories.append(is_story)
            domains.append(suffixes.privatesuffix(host) or host)
            sources.append(row.get("source", "listing"))
            urls.append(row["url"])
    table, truth, groups, kinds = np.array(numbers), np.array(stories), np.array(domains), np.array(sources)
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=5000)
    )

    def across(kept: np.ndarray) -> np.ndarray:
        """Each page's likelihood, from a model that was trained on kept pages of other domains."""
        found = np.zeros(len(truth))
        for train, test in GroupKFold(FOLDS).split(table, truth, groups):
            train = train[kept[train]]
            found[test] = model.fit(table[train], truth[train]).predict_proba(table[test])[:, 1]
        return found

    # Some pages of the set of listings are single stories of the same sites: none to learn from.
    kept = truth | (across(np.ones(len(truth), dtype=bool)) < DOUBTED)
    likely = across(kept)
    right = (likely > 0.5) == truth
    for source in sorted(set(sources)):
        of_source = kinds == source
        print(f"{source:12s} {right[of_source].sum()}/{of_source.sum()} = {right[of_source].mean():.3f}")
    for place in np.flatnonzero(~right):
        print(f"  {likely[place]:.2f} {sources[place]:12s} {urls[place]}")
    model.fit(table[kept], truth[kept])
    slopes = model[-1].coef_[0] / model[0].scale_
    bias = float(model[-1].intercept_[0] - (slopes * model[0].mean_).sum())
    if given.write:
        shipped = {name: round(float(slope), 4) for name, slope in zip(NAMES, slopes, strict=True)}
        WEIGHTS.parent.mkdir(exist_ok=True)
        text = json.dumps({"bias": round(bias, 4), "weights": shipped}, indent=1)
        WEIGHTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
