"""The story's text and nothing else."""

from __future__ import annotations

import json

import pytest
from lxml import html

from newscrawler.extraction.body.body_extractor import BodyFound, _without_tickers, find_body
from newscrawler.extraction.body.segmentation import segment
from newscrawler.extraction.headline.title import find_title
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from tests.extraction.seed_page import LEAD, PARAGRAPHS, SKINS, URL, seed_page

_SENTENCES = [
    "The council of the small town voted on Monday to rebuild the bridge that the spring flood carried away.",
    "Work begins in June, said the mayor, and the crossing should open again before the first snow falls.",
    "Until then, buses take the long way round by the old mill, which adds about twenty minutes to the ride.",
    "Shopkeepers on the east bank had asked for a ferry, but the river is too shallow in a dry summer.",
    "The bill comes to four million, of which the county pays half and an insurance fund most of the rest.",
]


def read_body(page: str, selectors: Selectors | None = None) -> BodyFound:
    """What `find_body` gives for a page."""
    document = Document(page.encode(), "https://example.org/news/1/bridge", "text/html; charset=utf-8")
    selectors = selectors or Selectors()
    return find_body(document, selectors, find_title(document, selectors))


def page(inner: str, head: str = "") -> str:
    """A page with a menu and a foot around `inner`."""
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("news", "sport", "culture"))
    return (
        f"<html><head><title>Town rebuilds its bridge</title>{head}</head><body><ul>{menu}</ul>"
        f"<h1>Town rebuilds its bridge</h1>{inner}"
        "<div><a href='/imprint'>Imprint</a> © The Town Paper</div></body></html>"
    )


def paragraphs(sentences: list[str]) -> str:
    """Each in a `<p>`."""
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


@pytest.mark.parametrize("skin", SKINS)
def test_seed_page(skin: str) -> None:
    document = Document(seed_page(skin), URL, "text/html; charset=utf-8")
    found = find_body(document, Selectors(), find_title(document, Selectors()))
    body = found.text.split("\n\n")
    if skin == "bare":
        assert [line for line in body if line != LEAD] == PARAGRAPHS
        assert (found.lead == LEAD) != (LEAD in body), "the lead stands once"
    else:
        assert body == PARAGRAPHS
        assert found.lead == LEAD


@pytest.mark.parametrize("skin", ["new", "old"])
def test_seed_page_with_a_profile(skin: str) -> None:
    selectors = Selectors(
        {"body": ["#doctextarea", "#doc_div33"], "lead": ["#docDivLead1", "#docDiv4LeadTitle"]}
    )
    document = Document(seed_page(skin), URL, "text/html; charset=utf-8")
    found = find_body(document, selectors, find_title(document, selectors))
    assert found.text.split("\n\n") == PARAGRAPHS
    assert (found.lead, found.source, found.lead_source) == (LEAD, "profile", "profile")


def test_paragraphs_set_apart_by_breaks() -> None:
    found = read_body(page(f"<div>{'<br><br>'.join(_SENTENCES)}</div>"))
    assert found.text.split("\n\n") == _SENTENCES


def test_one_break_is_a_space() -> None:
    inner = paragraphs([_SENTENCES[0].replace(" on Monday", "<br>on Monday"), *_SENTENCES[1:]])
    assert read_body(page(inner)).text.split("\n\n") == _SENTENCES


def test_sibling_containers() -> None:
    inner = f"<div class=body>{paragraphs(_SENTENCES[:3])}</div><div class=body>{paragraphs(_SENTENCES[3:])}</div>"
    assert read_body(page(inner)).text.split("\n\n") == _SENTENCES


def test_removed_by_the_profile() -> None:
    inner = f"<div class=t>{paragraphs(_SENTENCES[:4])}<p class=x>{_SENTENCES[4]}</p></div>"
    found = read_body(page(inner), Selectors({"body": [".t"], "remove": [".x"]}))
    assert found.text.split("\n\n") == _SENTENCES[:4]


def test_text_that_stands_in_json_ld_only() -> None:
    text = "\n\n".join(_SENTENCES)
    data = json.dumps({"@type": "NewsArticle", "headline": "Town rebuilds its bridge", "articleBody": text})
    found = read_body(page("<p>Loading</p>", f'<script type="application/ld+json">{data}</script>'))
    assert (found.text, found.source) == (text, "json-ld")


def test_text_that_stands_in_the_page_state_only() -> None:
    pieces = [{"type": "paragraph", "text": sentence} for sentence in _SENTENCES]
    state = json.dumps({"props": {"pageProps": {"story": {"headline": "x", "body": pieces}}}})
    found = read_body(page(f'<div id="__next"></div><script id="__NEXT_DATA__">{state}</script>'))
    assert (found.text, found.source) == ("\n\n".join(_SENTENCES), "state")


def _rich(sentence: str, kind: str) -> dict[str, object]:
    head, _, tail = sentence.partition(" ")
    if kind == "contentful":
        words = [
            {"nodeType": "text", "value": f"{head} "},
            {"nodeType": "hyperlink", "content": [{"value": tail}]},
        ]
        return {"nodeType": "paragraph", "content": words}
    return {
        "_type": "block",
        "children": [{"_type": "span", "text": f"{head} "}, {"_type": "span", "text": tail}],
    }


@pytest.mark.parametrize("kind", ["contentful", "sanity"])
def test_rich_text_in_the_page_state(kind: str) -> None:
    pieces: object = [_rich(sentence, kind) for sentence in _SENTENCES]
    body = {"nodeType": "document", "content": pieces} if kind == "contentful" else pieces
    state = json.dumps({"props": {"pageProps": {"post": {"title": "x", "body": body}}}})
    found = read_body(page(f'<div id="__next"></div><script id="__NEXT_DATA__">{state}</script>'))
    assert (found.text, found.source) == ("\n\n".join(_SENTENCES), "state")


def test_elements_of_a_story_in_a_script_s_assignment() -> None:
    pieces = [{"type": "text", "content": sentence} for sentence in _SENTENCES]
    state = (
        f"window.Fusion=window.Fusion||{{}};Fusion.globalContent={json.dumps({'content_elements': pieces})};"
    )
    found = read_body(page(f"<div id=fusion-app></div><script>{state}</script>"))
    assert (found.text, found.source) == ("\n\n".join(_SENTENCES), "state")


def test_soft_hyphens_out_and_entities_decoded_once() -> None:
    sentences = [_SENTENCES[0].replace("rebuild", "re&shy;build"), "He wrote &amp;lt;b&amp;gt; on it. " * 3]
    found = read_body(page(f"<div>{paragraphs(sentences + _SENTENCES[1:])}</div>"))
    assert found.text.split("\n\n")[:2] == [_SENTENCES[0], ("He wrote &lt;b&gt; on it. " * 3).strip()]


def test_right_to_left_text_is_untouched() -> None:
    lines = [
        "قال رئيس البلدية يوم الاثنين إن الجسر سيعاد بناؤه قبل حلول الشتاء، وإن العمل يبدأ في حزيران.",
        "وأضاف أن الحافلات ستسلك الطريق الطويل عند الطاحونة القديمة إلى أن ينتهي العمل في الموقع.",
        "وكان أصحاب المتاجر على الضفة الشرقية قد طلبوا عبارة، لكن النهر ضحل جدا في الصيف الجاف.",
    ]
    assert read_body(page(f"<div dir=rtl>{paragraphs(lines)}</div>")).text.split("\n\n") == lines


def test_an_empty_page() -> None:
    found = read_body("")
    assert (found.text, found.lead, found.elements) == ("", None, [])


def test_readers_comments_are_left_out() -> None:
    """Far more text than the short story above them."""
    said = "I crossed that bridge every day for forty years, and I say that it should never have been built there."
    comments = "".join(
        f'<li class="comment" id="comment-{number}"><p>{said}</p><p>Reader {number}, {said}</p></li>'
        for number in range(30)
    )
    story = _SENTENCES[:3]
    found = read_body(page(f"<div class='entry'>{paragraphs(story)}<ul>{comments}</ul></div>"))
    assert found.text.split("\n\n") == story


@pytest.mark.parametrize("names", ["photo wide", "article-infobox"])
def test_insets_are_left_out(names: str) -> None:
    seen = "The old crossing, seen from the east bank in the year before the flood came."
    inset = f"<div class='{names}'><p>{seen}</p></div>"
    story = paragraphs(_SENTENCES[:3]) + inset + paragraphs(_SENTENCES[3:])
    assert read_body(page(f"<article>{story}</article>")).text.split("\n\n") == _SENTENCES


def test_a_story_inside_a_picture_box_is_kept() -> None:
    found = read_body(page(f'<article class="photo">{paragraphs(_SENTENCES)}</article>'))
    assert found.text.split("\n\n") == _SENTENCES


@pytest.mark.parametrize("names", ["main-menu", "mobileNav", "cookie-consent", "site-footer", "c-share"])
def test_boxes_named_as_the_frame_are_passed_over(names: str) -> None:
    other = "This paper sets small files on your device so that it may count its readers, as you may have read before."
    found = read_body(page(f'{paragraphs(_SENTENCES * 2)}<div class="{names}"><p>{other}</p></div>'))
    assert all(other not in block.text for block in found.blocks), names
    assert _SENTENCES[0] in found.text


def test_a_frame_around_the_headline_is_none() -> None:
    found = read_body(
        f'<html><body class="menu-open"><div id="navigation-wrap"><h1>Town rebuilds its bridge</h1>'
        f"{paragraphs(_SENTENCES)}</div></body></html>"
    )
    assert _SENTENCES[-1] in found.text


def test_a_story_in_a_box_named_as_the_frame_is_found_where_there_is_no_other_text() -> None:
    found = read_body(page(f'<div class="dropdown">{paragraphs(_SENTENCES)}</div>'))
    assert _SENTENCES[0] in found.text


def test_a_text_in_a_box_named_after_its_subject_is_no_frame() -> None:
    other = (
        "Subscribers read the paper in the evening before it is printed, and hear the news of their street."
    )
    found = read_body(page(f'<div class="post tag-cookies">{paragraphs(_SENTENCES)}</div><p>{other * 5}</p>'))
    assert _SENTENCES[0] in found.text


def test_a_profile_knows_better_than_names() -> None:
    selectors = Selectors({"body": [".sitemap"]})
    found = read_body(
        page(f'{paragraphs(_SENTENCES)}<div class="sitemap">{paragraphs(_SENTENCES[::-1])}</div>'), selectors
    )
    assert _SENTENCES[0] in found.text


@pytest.mark.parametrize(("times", "kept"), [(3, False), (1, True)])
def test_a_list_above_the_headline_is_other_stories_where_enough_text_follows(times: int, kept: bool) -> None:
    root = html.document_fromstring(
        f"<ul><li>Harbour closed for a day</li></ul><h1>Town rebuilds its bridge</h1>{paragraphs(_SENTENCES * times)}"
    )
    blocks = segment(root)
    chosen = _without_tickers(blocks, list(range(len(blocks))), headline=1)
    assert [blocks[at].text for at in chosen][:1] == (
        ["Harbour closed for a day"] if kept else ["Town rebuilds its bridge"]
    )
    assert len(chosen) == len(blocks) - (not kept)


@pytest.mark.parametrize(
    "line",
    [
        "<p><strong>Read also: <a href=/news/2>Ferry strike enters its second week</a></strong></p>",
        "<p>Lesen Sie auch: <a href=/news/2>Fährstreik geht in die zweite Woche</a></p>",
        "<p><b>Читайте также:</b></p>",
        "<p>Related: <a href=/news/2>Ferry strike</a> | <a href=/news/3>Why the ferry is late again</a></p>",
    ],
)
def test_pointers_to_other_stories_are_left_out(line: str) -> None:
    text = paragraphs(_SENTENCES)
    half = len(text) // 2
    at = text.index("<p>", half)
    assert read_body(page(text[:at] + line + text[at:])).text == read_body(page(text)).text


def test_a_line_about_reading_is_kept() -> None:
    line = "Read also means that somebody has read, and read more is what the pupils of the school were told to do."
    assert line in read_body(page(paragraphs([*_SENTENCES, line, *_SENTENCES[:1]]))).text


@pytest.mark.parametrize(
    "wrap", ["<div><div>{}</div></div>", "<section><p>{}</p></section>", "<div><p>{}</p></div>"]
)
def test_a_short_last_sentence_is_kept(wrap: str) -> None:
    last = "The council will talk about both on 14 May."
    text = "".join(map(wrap.format, [*_SENTENCES, last]))
    assert read_body(page(text)).text.endswith(last)


def test_code_that_shows_is_no_text() -> None:
    code = "(function() { document.addEventListener('load', function() { var box = JSON.parse('{}'); show(x); }); })()"
    quoted = "The line “if (a) { b(); }” is all that she would show of it, and she said that it had taken her a night."
    text = read_body(page(paragraphs([*_SENTENCES, code, quoted, *_SENTENCES[:1]]))).text
    assert "addEventListener" not in text
    assert quoted in text
