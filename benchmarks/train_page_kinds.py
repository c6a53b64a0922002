"""Train the weights of the page kinds, with figures cross-validated by domain.

    PYTHONPATH=. python benchmarks/train_page_kinds.py --listings ../shared/listings \
        --pages ../shared/pages --pages ../shared/wcxb [--write]

Pages are stories unless their manifest gives them another `page_type` than article, story or news.
Prints, for each source of pages, the share of pages whose kind is told right, rules and weights together, when no
page of the same registrable domain was trained on. `--write` trains on all pages and stores the weights.
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

from newscrawler.extraction.body.body_extractor import find_body
from newscrawler.extraction.dates import find_dates
from newscrawler.extraction.headline.title import find_title
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.extraction.page_type.page_classifier import WEIGHTS, PageSigns, Weights, decide, evidence
from newscrawler.extraction.page_type.page_features import NAMES, signs

FOLDS = 20
STRENGTH = 0.03
DOUBTED = 1.4  # log-odds
STORY_TYPES = frozenset(("article", "story", "news"))
# What a lost story and a listing taken for one cost, in other pages taken for stories. Chosen so that, cross-validated,
# the pages of stories keep their figure and wcxb's articles and other pages are both told better than before.
LOST_STORY, TAKEN_LISTING = 2.5, 4.0


def pages(folder: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    for line in (folder / "manifest.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        yield row, gzip.decompress((folder / row["html"]).read_bytes())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--listings", type=Path, required=True)
    arguments.add_argument("--pages", type=Path, action="append", required=True)
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    suffixes = PublicSuffixList()
    numbers, stories, domains, sources, urls, costs = [], [], [], [], [], []
    told: list[PageSigns] = []
    for folder in (given.listings, *given.pages):
        for row, page in pages(folder):
            is_story = folder != given.listings and row.get("page_type", "story") in STORY_TYPES
            content_type = row.get("content_type")
            if encoding := row.get("encoding"):
                content_type = f"text/html; charset={encoding}"
            document = Document(page, row["url"], content_type)
            title = find_title(document, Selectors())
            body = find_body(document, Selectors(), title)
            dates = find_dates(document, Selectors(), None, title.element)
            found = evidence(document, title, body, dates)
            told.append(found)
            # Pages that tell their kind are learned from as well: front pages look like any listing.
            numbers.append(found.numbers or signs(document, title, body, dates))
            host = row["url"].split("/")[2].partition(":")[0]
            stories.append(is_story)
            domains.append(suffixes.privatesuffix(host) or host)
            costs.append(LOST_STORY if is_story else TAKEN_LISTING if folder == given.listings else 1.0)
            sources.append(" ".join(filter(None, (row.get("source", "listing"), row.get("page_type")))))
            urls.append(row["url"])
    table, truth, groups, kinds = np.array(numbers), np.array(stories), np.array(domains), np.array(sources)
    cost = np.array(costs)

    def trained(places: np.ndarray) -> Weights:
        model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=5000)).fit(
            table[places], truth[places], logisticregression__sample_weight=cost[places]
        )
        slopes = model[-1].coef_[0] / model[0].scale_
        bias = float(model[-1].intercept_[0] - (slopes * model[0].mean_).sum())
        return Weights(round(bias, 4), tuple(round(float(slope), 4) for slope in slopes))

    def across(kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Each page's log-odds, and whether it is told as a story, from kept pages of other domains."""
        odds, as_story = np.zeros(len(truth)), np.zeros(len(truth), dtype=bool)
        for train, test in GroupKFold(FOLDS).split(table, truth, groups):
            by_others = trained(train[kept[train]])
            for place in test:
                odds[place] = by_others.bias + table[place] @ by_others.by_sign
                as_story[place] = decide(told[place], by_others)[0] == "story"
        return odds, as_story

    # Some pages of the set of listings are single stories of the same sites: none to learn from.
    everything = np.ones(len(truth), dtype=bool)
    kept = (kinds != "listing") | (across(everything)[0] < DOUBTED)
    odds, as_story = across(kept)
    right = as_story == truth
    for source in sorted(set(sources)):
        of_source = kinds == source
        print(f"{source:20s} {right[of_source].sum()}/{of_source.sum()} = {right[of_source].mean():.3f}")
    for place in np.flatnonzero(~right):
        print(f"  {odds[place]:5.2f} {sources[place]:20s} {urls[place]}")
    shipped = trained(np.flatnonzero(kept))
    if given.write:
        by_sign = dict(zip(NAMES, shipped.by_sign, strict=True))
        WEIGHTS.parent.mkdir(exist_ok=True)
        text = json.dumps({"bias": shipped.bias, "weights": by_sign}, indent=1)
        WEIGHTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
