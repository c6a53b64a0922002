"""Rows of features: what each number says, and that their names, columns and expansion agree."""

from __future__ import annotations

from lxml import html

from newscrawler.extraction.body.block_features import BIT_SETS, NAMES, NUMBERS, columns, expanded, features
from newscrawler.extraction.body.boilerplate_words import HEADS, boilerplate_hits, unspaced_in
from newscrawler.extraction.body.segmentation import segment
from newscrawler.extraction.body.text_container import Places

PARAGRAPH = (
    "The ferry to the outer islands was late again on Monday, and nobody on the quay could say why. " * 3
)
COMMENT = (
    "I was on that ferry, and the crew was as lost as we were; somebody should tell the harbour office. " * 4
)
PAGE = f"""<body><h1>Ferry late again</h1>
<div class="text"><p>{PARAGRAPH}</p><p>{PARAGRAPH[::-1]}</p><p>{PARAGRAPH.upper()}</p></div>
<div id="comments"><div class="entry"><p>{COMMENT}</p><p>{COMMENT}</p><p>{COMMENT}</p><p>{COMMENT}</p></div></div>
<ul class="menu"><li>Home</li></ul></body>"""


def rows() -> dict[str, list[float] | None]:
    root = html.document_fromstring(PAGE)
    blocks = segment(root)
    found = features(blocks, "Ferry late again", "", "", root.find(".//h1"))
    return {block.text[:12]: row for block, row in zip(blocks, found, strict=True)}


def test_names_columns_and_expansion_agree() -> None:
    row = rows()[PARAGRAPH[:12]]
    assert row is not None
    assert len(row) == len(NUMBERS) + len(BIT_SETS)
    assert len(columns()) == len(NAMES) == len(expanded(row))
    for name, column, value in zip(NAMES, columns(), expanded(row), strict=True):
        place, _, mask = column.partition(" & ")
        number = row[int(place.lstrip("#"))]
        assert not place.startswith("#") or isinstance(number, int), name
        read = float(bool(int(number) & int(mask))) if mask else float(number)
        assert read == value, name


def test_a_paragraph_is_described() -> None:
    row = rows()[PARAGRAPH[:12]]
    assert row is not None
    features = dict(zip(NAMES, expanded(row), strict=True))
    assert features["chars"] == len(PARAGRAPH.strip())
    assert (features["hops_up"], features["hops_down"]) == (0, 1)
    assert features["from_title"] == 1
    assert features["repeated"] == 1


def test_readers_comments_below_a_story_are_no_candidates() -> None:
    assert rows()[COMMENT[:12]] is None


def test_comments_are_text_where_there_is_no_story_above_them() -> None:
    start, end = PAGE.index('<div class="text">'), PAGE.index('<div id="comments">')
    root = html.document_fromstring(PAGE[:start] + PAGE[end:])
    blocks = segment(root)
    places = Places(blocks, "Ferry late again", root.find(".//h1"))
    assert [block.text for at, block in enumerate(blocks) if places.is_comment(at)] == []
    assert sum(places.weights) > 0


def test_boilerplate_words_are_counted_by_head() -> None:
    hits = boilerplate_hits("Read more: Subscribe to our newsletter!")
    assert hits.words == 4
    assert hits.first == 2
    heads = {head for bit, head in enumerate(HEADS) if hits.heads >> bit & 1}
    assert heads >= {"subscribe", "other"}
    assert boilerplate_hits("Rain fell on the hills above the town.").words == 0


def test_scripts_without_spaces_are_searched() -> None:
    page = "関連記事はこちら。" + "港の工事は来月に始まる。" * 5
    assert boilerplate_hits("関連記事はこちら", unspaced_in(page)).words >= 2
    assert unspaced_in("Nothing of the kind here, naturally: été, größer.") == ()
