from newscrawler.items import Image, RelatedStory, Story
from newscrawler.pipelines.clean import clean_story
from newscrawler.sites import Site


def site(**more):
    return Site(name="test", start=["http://example.org/"], **more)


def test_every_text_field_is_cleaned():
    story = Story(
        url=" http://example.org/1 ",
        title="  Ferry\u00a0&amp; boats\u200b ",
        lead=" ",
        body="One\u00ad two\n\n\n three ",
        tags=["News", "news ", ""],
        images=[Image(url="http://example.org/a.png", alt=" A\tboat ")],
        related=[RelatedStory(title=" Other ", url="http://example.org/2")],
    )
    cleaned = clean_story(story, site())
    assert cleaned.url == "http://example.org/1"
    assert cleaned.title == "Ferry & boats"
    assert cleaned.lead is None
    assert cleaned.body == "One two\n\nthree"
    assert cleaned.word_count == 3
    assert cleaned.tags == ["News"]
    assert cleaned.images[0].alt == "A boat"
    assert cleaned.related[0].title == "Other"


def test_the_site_suffix_goes():
    story = Story(url="http://example.org/1", title="Ferry runs | Meridian Wire")
    assert clean_story(story, site(title="Meridian Wire")).title == "Ferry runs"


def test_a_title_that_is_only_the_site_name_stays():
    story = Story(url="http://example.org/1", title="Meridian Wire")
    assert clean_story(story, site(title="Meridian Wire")).title == "Meridian Wire"


def test_a_title_repeated_at_the_head_of_the_body_goes():
    story = Story(url="http://example.org/1", title="Ferry runs", body="FERRY RUNS\n\nIt runs.")
    assert clean_story(story, site()).body == "It runs."


def test_a_body_that_is_only_the_title_stays():
    story = Story(url="http://example.org/1", title="Ferry runs", body="Ferry runs")
    assert clean_story(story, site()).body == "Ferry runs"


def test_the_profile_s_zone_is_given_to_a_printed_date_and_told():
    story = Story(
        url="http://example.org/1", title="T", published="2022-03-12T06:28:00", modified="2022-03-12"
    )
    cleaned = clean_story(story, site(time_zone="Asia/Tehran"))
    assert cleaned.published == "2022-03-12T06:28:00+03:30"
    assert cleaned.published_zone_from == "profile"
    assert cleaned.modified == "2022-03-12"


def test_a_date_with_its_own_offset_keeps_it():
    story = Story(
        url="http://example.org/1",
        title="T",
        published="2022-03-12T06:28:00+00:00",
        published_zone_from="page",
    )
    cleaned = clean_story(story, site(time_zone="Asia/Tehran"))
    assert cleaned.published == "2022-03-12T06:28:00+00:00"
    assert cleaned.published_zone_from == "page"
