from newscrawler.extraction.html.site_template import Siblings, SiteTemplate
from newscrawler.extraction.template.page_facts import Evidence, SiblingFacts
from newscrawler.extraction.template.site_view import is_undated_page, prior_by_siblings

NEWS = Siblings(pages=56, stories=56, dated=56, named=56, fed=0)
GUIDES = Siblings(pages=900, stories=850, dated=3, named=0, fed=0)
SITE = SiteTemplate(stories=900, siblings={"news": NEWS, "guides": GUIDES}, dated_siblings={"news": NEWS})


NONE = Evidence(0)


def page(group, evidence=NONE):
    return SiblingFacts(group, evidence)


def test_a_page_without_evidence_beside_dated_news_is_undated():
    assert is_undated_page(page("guides"), SITE)
    assert is_undated_page(page("a group of its own"), SITE)


def test_a_date_that_hardly_a_sibling_prints_is_an_accident():
    assert is_undated_page(page("guides", Evidence.DATED), SITE)


def test_news_stay_and_pages_that_something_names_news():
    assert not is_undated_page(page("news"), SITE)
    assert not is_undated_page(page("guides", Evidence.FED), SITE)
    assert not is_undated_page(page("guides", Evidence.NEWS_TYPE), SITE)


def test_a_static_page_is_no_news_for_the_day_of_its_making():
    assert is_undated_page(page("pages", Evidence.DATED | Evidence.STATIC), SITE)


def test_on_a_site_where_nothing_is_dated_stories_come():
    undated = SiteTemplate(stories=900, siblings={"guides": GUIDES})
    assert not is_undated_page(page("guides"), undated)


def test_dated_siblings_speak_for_a_page():
    assert prior_by_siblings(page("news", Evidence.DATED), SITE) > 2
    assert prior_by_siblings(page("news"), SITE) == 0.0
    assert prior_by_siblings(page("guides", Evidence.DATED), SITE) == 0.0


def test_a_page_that_prints_its_last_change_alone_is_as_most_of_its_siblings():
    assert prior_by_siblings(page("news", Evidence.CHANGED), SITE) > 2
    assert prior_by_siblings(page("guides", Evidence.CHANGED), SITE) == 0.0, "its siblings print no dates"
    assert is_undated_page(page("guides", Evidence.CHANGED), SITE)
