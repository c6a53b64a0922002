from newscrawler.extraction import read
from newscrawler.extraction.template.page_facts import Evidence, PageFacts

from .generated_site import headline, story_page, url_of


def test_facts_survive_their_plain_form():
    facts = read(story_page(1), url_of(1)).facts
    kept = {key for keys in facts[:5] for key in keys}
    assert PageFacts.from_list(facts.to_list(kept)) == facts


def test_a_page_s_evidence_for_news():
    page = read(story_page(1), url_of(1))
    assert page.siblings.evidence == Evidence.DATED | Evidence.NEWS_WORD
    assert "single-post" in page.siblings.group
    assert headline(1) not in page.siblings.group
