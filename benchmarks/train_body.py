"""Train the model of text blocks, and say what it is worth on sites that it has not seen.

    python -m benchmarks.train_body ../shared            # cross-validated figures only
    python -m benchmarks.train_body ../shared --write    # and train on all pages, write body_classifier.json

Labels: a block is the story's when its words stand in the page's true text; of trafilatura's pages only the
blocks that hold a snippet which must (not) be there are known. Folds are drawn by domain. The figures come from
the page benchmark's own `scoring.py`.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import lightgbm
import numpy
from sklearn.model_selection import GroupKFold

from newscrawler.extraction.body import body_classifier
from newscrawler.extraction.body import body_extractor as body
from newscrawler.extraction.body.block_features import NAMES, expanded
from newscrawler.extraction.body.boilerplate_words import HEADS
from newscrawler.extraction.body.context_features import NAMES as CONTEXT_NAMES
from newscrawler.extraction.body.context_features import Context
from newscrawler.extraction.body.segmentation import Block, Box
from newscrawler.extraction.headline.title import find_title
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors

_SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.15,
    "num_leaves": 12,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.2,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "seed": 1,
    "monotone_constraints_method": "advanced",
}
# Features that, all else alike, speak for a story's text, and against it: what is known beforehand need not be learned,
# and wrongly at times, from few pages.
_FOR = frozenset(("structured", "sentence_end"))
_AGAINST = frozenset(("link_density", "repeated", "telling", "telling_density")) | {
    f"head_{HEADS.index(head)}" for head in ("subscribe", "follow", "credit", "offer", "consent", "other")
}
_FIRST, _SECOND = 40, 60  # trees of each look
_SURE, _SURELY_NOT, _TRUST = 0.93, 0.05, 0.4  # of an unlabelled block's chance; the weight of such a label
# Share of the pages from which is learned once more without the words in the blocks' own class names, and what these
# weigh: other sites have other names.
_UNNAMED, _UNNAMED_WEIGHT = 0.2, 0.3
_OWN_NAMES = [place for place, name in enumerate(NAMES) if name.startswith("own_")]
_SHARE = 0.39  # of the F1 to be expected: the chance from which a block is taken
_FOLDS = 5
_SPLITS = 3  # ways of drawing the folds
_BODY = ("body_f1", "body_p", "body_r", "body_acc")
_SNIPPETS = ("snip_f1", "snip_p", "snip_r")
_LED = "snip_f1 with the lead"  # a field of its own, that the snippets of some pages stand in


class Labelled(NamedTuple):
    """One page: its rows (of the blocks that have one), their labels (-1 unknown) and weights."""

    record: dict[str, Any]
    page: bytes
    rows: Any
    labels: Any
    weights: Any
    sizes: list[int]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("shared", type=Path, help="the directory with page-benchmark and pages")
    arguments.add_argument("--write", action="store_true", help="write the model file")
    chosen = arguments.parse_args()
    sys.path.insert(0, str(chosen.shared / "page-benchmark"))
    scoring = importlib.import_module("scoring")
    pages = load(chosen.shared / "pages", scoring)
    cross_validate(pages, scoring)
    if chosen.write:
        data = train(pages)
        path = Path(body_classifier.__file__).with_name("body_classifier.json")
        path.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size} bytes")


def load(folder: Path, scoring: ModuleType) -> list[Labelled]:
    pages = []
    for line in (folder / "manifest.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        if not {"body", "snippets_with"} & set(record["truth"]):
            continue
        page = gzip.decompress((folder / record["html"]).read_bytes())
        document = Document(page, record["url"], record["content_type"])
        blocks, rows, _ = body.rows_of(document, Selectors(), find_title(document, Selectors()))
        labels = label(record["truth"], blocks, scoring)
        sizes = numpy.sqrt([min(len(block.text), 600) + 10.0 for block in blocks])
        known = [at for at, row in enumerate(rows) if row is not None]
        pages.append(
            Labelled(
                record,
                page,
                numpy.array([expanded(rows[at]) for at in known], dtype=numpy.float64).reshape(
                    -1, len(NAMES)
                ),
                numpy.array([labels[at] for at in known]),
                numpy.array([sizes[at] for at in known]) / max(1.0, sizes.sum()) ** 0.5,
                [len(blocks[at].text) for at in known],
            )
        )
    return pages


def label(truth: dict[str, Any], blocks: Sequence[Block], scoring: ModuleType) -> list[int]:
    """1 the story's text, 0 not, -1 unknown."""
    if "body" not in truth:
        return [_snippet_label(truth, block.text, scoring) for block in blocks]
    words = scoring.tokens(truth["body"])
    shingles = set(scoring.shingles(words))
    lines = {" ".join(scoring.tokens(line)) for line in truth["body"].split("\n")}
    flat = f" {' '.join(words)} "
    labels = []
    same: dict[str, list[int]] = {}
    for at, block in enumerate(blocks):
        own = scoring.tokens(block.text)
        joined = " ".join(own)
        if not own:
            labels.append(-1)
        elif len(own) < 8:
            labels.append(int(joined in lines if len(own) < 4 else f" {joined} " in flat))
        else:
            parts = scoring.shingles(own)
            labels.append(int(sum(part in shingles for part in parts) >= 0.6 * len(parts)))
        if labels[-1] == 1:
            same.setdefault(joined, []).append(at)
    for joined, places in same.items():
        allowed = max(1, flat.count(f" {joined} "))
        if len(places) > allowed:
            places.sort(key=lambda at: -_support(at, blocks, labels))
            for at in places[allowed:]:
                labels[at] = 0
    return labels


def _snippet_label(truth: dict[str, Any], text: str, scoring: ModuleType) -> int:
    def holds(snippets: list[str]) -> bool:
        squashed = [scoring.squash(snippet) for snippet in snippets]
        return any(len(s) > 8 and (s in text or (len(text) > 40 and text in s)) for s in squashed)

    wanted, unwanted = holds(truth["snippets_with"]), holds(truth["snippets_without"])
    return -1 if wanted == unwanted else int(wanted)


def _support(at: int, blocks: Sequence[Block], labels: list[int]) -> float:
    """How much of the story stands around a block: of a text that stands twice, the one in the story counts."""
    chain: dict[Box, int] = {}
    box: Box | None = blocks[at].box
    while box is not None:
        chain[box] = len(chain)
        box = box.parent
    total = 0.0
    for near in range(max(0, at - 25), min(len(blocks), at + 26)):
        if near == at or labels[near] != 1:
            continue
        box, hops = blocks[near].box, 0
        while box is not None and box not in chain:
            box, hops = box.parent, hops + 1
        hops = hops + chain[box] if box is not None else 18
        total += min(len(blocks[near].text), 400) * 0.8**hops
    return total


def boost(pages: Sequence[Labelled], rows: Sequence[Any], trees: int) -> Any:
    pages, rows = with_unnamed(pages, rows)
    labels = numpy.concatenate([page.labels for page in pages])
    weights = numpy.concatenate([page.weights for page in pages])
    known = labels >= 0
    data = lightgbm.Dataset(numpy.vstack(rows)[known], labels[known], weight=weights[known])
    names = [*NAMES, *CONTEXT_NAMES][: rows[0].shape[1]]
    constraints = [(name in _FOR) - (name in _AGAINST) for name in names]
    return lightgbm.train({**_SETTINGS, "monotone_constraints": constraints}, data, trees)


def with_unnamed(pages: Sequence[Labelled], rows: Sequence[Any]) -> tuple[list[Labelled], list[Any]]:
    """Pages and rows with some of them once more, their blocks' own names unread."""
    dice = numpy.random.default_rng(5)
    more, their_rows = list(pages), list(rows)
    for page, own in zip(pages, rows, strict=True):
        if len(own) and dice.random() < _UNNAMED:
            unnamed = own.copy()
            unnamed[:, _OWN_NAMES] = 0
            more.append(page._replace(weights=page.weights * _UNNAMED_WEIGHT))
            their_rows.append(unnamed)
    return more, their_rows


def train(pages: Sequence[Labelled]) -> dict[str, Any]:
    """The model file's content. Both looks learn from first looks at domains that these have not seen.

    Blocks without a label take the verdict of such a look where it is sure (self-training: Scudder, "Probability
    of error of some adaptive pattern-recognition machines", IEEE Trans. Inf. Theory 11(3), 1965).
    """
    domains = [page.record["domain"] for page in pages]
    looks: list[Any] = [None] * len(pages)
    filled = list(pages)
    for training, held_out in GroupKFold(_FOLDS).split(pages, groups=domains):
        booster = boost([pages[at] for at in training], [pages[at].rows for at in training], _FIRST)
        for at in held_out:
            looks[at] = second_rows(pages[at], booster)
            filled[at] = with_sure_labels(pages[at], looks[at])
    first = boost(filled, [page.rows for page in pages], _FIRST)
    second = boost(filled, looks, _SECOND)
    return {
        "features": [*NAMES, *CONTEXT_NAMES],
        "share": _SHARE,
        "first": trees(first),
        "second": trees(second),
    }


def with_sure_labels(page: Labelled, look: Any) -> Labelled:
    chances = look[:, len(NAMES) + CONTEXT_NAMES.index("chance+0")]
    unknown = page.labels < 0
    labels = page.labels.copy()
    labels[unknown & (chances > _SURE)] = 1
    labels[unknown & (chances < _SURELY_NOT)] = 0
    return page._replace(labels=labels, weights=numpy.where(unknown, page.weights * _TRUST, page.weights))


def second_rows(page: Labelled, booster: Any) -> Any:
    if not len(page.rows):
        return numpy.zeros((0, len(NAMES) + len(CONTEXT_NAMES)))
    chances = booster.predict(page.rows).tolist()
    context = Context(chances, page.sizes)
    return numpy.hstack([page.rows, numpy.array([context.row(at) for at in range(len(chances))])])


def trees(booster: Any) -> list[Any]:
    def tree(node: dict[str, Any]) -> Any:
        if "leaf_value" in node:
            return round(node["leaf_value"], 4)
        limit = float(f"{node['threshold']:.6g}")
        return [node["split_feature"], limit, tree(node["left_child"]), tree(node["right_child"])]

    return [tree(info["tree_structure"]) for info in booster.dump_model()["tree_info"]]


def cross_validate(pages: Sequence[Labelled], scoring: ModuleType) -> None:
    """Each fold is read by the whole of `find_body` with a model that never saw its domains."""
    domains = [page.record["domain"] for page in pages]
    figures = []
    for split in range(_SPLITS):
        scores: dict[str, list[dict[str, Any]]] = {"body": [], "snippets": [], "led": []}
        folds = GroupKFold(_FOLDS, shuffle=True, random_state=split)
        for training, held_out in folds.split(pages, groups=domains):
            model = body_classifier.TreeModel(train([pages[at] for at in training]))
            for at in held_out:
                record = pages[at].record
                document = Document(pages[at].page, record["url"], record["content_type"])
                found = body.find_body(document, Selectors(), find_title(document, Selectors()), model)
                score = scoring.score_page(record, {"body": found.text})
                scores["body" if "body" in record["truth"] else "snippets"].append(score)
                if "snippets_with" in record["truth"]:
                    led = f"{found.lead or ''}\n\n{found.text}"
                    scores["led"].append(scoring.score_page(record, {"body": led}))
        bodies, snippets = scoring.aggregate(scores["body"]), scoring.aggregate(scores["snippets"])
        led = scoring.aggregate(scores["led"])["snip_f1"]
        figures.append([bodies[name] for name in _BODY] + [snippets[name] for name in _SNIPPETS] + [led])
        print(f"split {split + 1}:", told(figures[-1]))
    print(f"mean of {_SPLITS} splits into {_FOLDS} folds by domain:", told(numpy.mean(figures, axis=0)))


def told(figures: Sequence[float]) -> str:
    return ", ".join(
        f"{name} {value:.4f}" for name, value in zip((*_BODY, *_SNIPPETS, _LED), figures, strict=True)
    )


if __name__ == "__main__":
    main()
