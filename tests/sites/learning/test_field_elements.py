from newscrawler.extraction import read
from newscrawler.sites.learning.field_elements import field_elements

URL = "https://harbour.example/news/the-old-mill-opens"
TEXT = "".join(
    f"<p>The mill on the river opened its doors again on morning {number}, and the whole town came to see the wheel "
    "turn, the flour fall and the miller laugh.</p>"
    for number in range(8)
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>The old mill opens again</title>
<meta property="og:type" content="article"></head><body>
<nav><a href="/local">Local</a> <a href="/sport">Sport</a></nav>
<article><div class="breadcrumb"><a href="/local">Local</a></div><h1 id="headline">The old mill opens again</h1>
<div class="byline">By <a rel="author" href="/author/ann-reed">Ann Reed</a></div>
<p class="date">Published on <span>20 November 2026</span></p>
<div id="text">{TEXT}</div>
<div class="tags"><b>Tags:</b> <a rel="tag" href="/tag/mills">Mills</a> <a rel="tag" href="/tag/river">River</a></div>
</article></body></html>"""


def elements(page):
    found = field_elements(read(page.encode(), URL))
    return {
        field: [
            [
                one.get("id") or one.get("class") or f"{one.tag} in {one.getparent().get('class')}"
                for one in each
            ]
            for each in many
        ]
        for field, many in found.items()
    }


def test_the_elements_of_each_field():
    found = elements(PAGE)
    assert found["title"] == [["headline"]]
    assert found["body"] == [["text"]]
    assert found["authors"] == [["a in byline"], ["a in byline"], ["byline"]]
    assert found["published"] == [["date"]]
    assert found["tags"] == [["a in tags", "a in tags"], ["tags"]]
    assert ["a in breadcrumb"] in found["section"]
    assert "modified" not in found


def test_a_page_without_a_story_has_none():
    assert elements("<title>About us</title><p>Write to us.") == {}


def test_a_page_that_is_too_large_is_passed_over():
    assert elements(PAGE.replace("</article>", "<br>" * 50_000 + "</article>")) == {}


def test_boxes_in_boxes_without_end_are_read_in_time():
    depth = 1500
    page = PAGE.replace(
        '<div class="tags">', f"{'<div>' * depth}{'<b>x</b>' * 20_000}{'</div>' * depth}<div class='tags'>"
    )
    assert elements(page)["title"] == [["headline"]]
