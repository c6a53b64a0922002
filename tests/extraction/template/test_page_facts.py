from datetime import UTC, datetime

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


def test_a_day_without_a_year_at_the_headline_is_a_printed_date() -> None:
    html = b"<title>Ferry runs again</title><h1>Ferry runs again</h1><p class='date'>4 May, 10:30</p><p>It is so.</p>"
    page = read(html, "https://lantern.example/a", fetched=datetime(2024, 6, 1, tzinfo=UTC))
    assert Evidence.DATED in page.siblings.evidence
    assert (
        Evidence.DATED
        not in read(html.replace(b"4 May", b"Room 4"), "https://lantern.example/a").siblings.evidence
    )
