import pytest

from newscrawler.extraction import read
from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.html.site_template import NO_TEMPLATE, SiteTemplate, line_key

LEAD = "The council pays for a second boat from May."
PAGE = f"""<html lang="en"><head><title>Ferry runs again</title></head><body><article>
<h1>Ferry runs again</h1><p class="standfirst">{LEAD}</p>
<div class="text"><p>The ferry between the two banks of the river runs again since Monday morning, half a year after the
flood that took its landing stage with it, and the first to cross was a baker with forty loaves.</p>
<p>It is to sail every twenty minutes until the new bridge is open, said the harbour office on Tuesday, and takes
bicycles and carts but no cars, which go round by the mill as they have done for all of the winter.</p></div>
</article></body></html>"""


def body(template: SiteTemplate = NO_TEMPLATE) -> BodyFound:
    return read(PAGE.encode(), "https://lantern.example/news/ferry", template=template).body


@pytest.fixture
def key():
    [block] = [block for block in body().blocks if block.text == LEAD]
    return line_key(LEAD, block.box.element, linked=False)


def test_a_marked_standfirst_is_the_lead_and_no_line_of_the_body():
    found = body()
    assert found.lead == LEAD
    assert LEAD not in found.text


def test_a_standfirst_that_a_few_stories_share_is_kept(key):
    assert body(SiteTemplate(stories=100, lines=frozenset({key}))).lead == LEAD


def test_a_standfirst_that_most_stories_have_is_boilerplate(key):
    shared = frozenset({key})
    found = body(SiteTemplate(stories=100, lines=shared, everywhere=shared))
    assert found.lead is None
    assert LEAD not in found.text
