import pytest

from newscrawler.sites.learning import learn_story_urls


def forms(*paths):
    return learn_story_urls(f"https://harbour.example{path}" for path in paths)


@pytest.mark.parametrize(
    ("paths", "form"),
    [
        (["/en/news/104/the-mill", "/en/news/105/the-dam", "/en/news/99/old-boats"], "/en/news/{id}/{slug}"),
        (["/sport/104", "/politics/105", "/city/99"], "/{word}/{id}"),
        (
            ["/2026/03/14/old-mill-opens-again", "/2026/04/01/b-c-d-e", "/2025/12/31/x-y-z-a"],
            "/{date}/{slug}",
        ),
        (["/a-b-c-d-48151.html", "/e-f-g-h-48152.html", "/x-y-z-a-48153.html"], "/{slug}-{id}.html"),
        (["/article7.html", "/article31.html", "/article770.html"], "/article{id}.html"),
        (["/n/48151-a-b-c-d", "/n/48152-e-f-g-h", "/n/48153-x-y-z-a"], "/n/{id}-{slug}"),
    ],
)
def test_forms(paths, form):
    found = forms(*paths)
    assert [one.replace("{word}", "{slug}") for one, _ in found] == [form.replace("{word}", "{slug}")]
    assert found[0][1] == 3


def test_a_number_that_stories_share_is_none_of_theirs():
    assert forms("/2026/old-mill-opens-again", "/2026/the-new-dam-leaks", "/2026/boats-for-all-of-us") == [
        ("/2026/{slug}", 3)
    ]
    assert forms("/n/1/a-b-c-d", "/n/1/e-f-g-h", "/n/2/x-y-z-a") == [("/n/{slug}/{slug}", 3)]


def test_a_form_that_any_page_has_is_none():
    assert forms("/old-mill-opens-again", "/the-new-dam-leaks", "/boats-for-all-of-us") == []


def test_two_stories_have_no_form_yet():
    assert forms("/news/1/a-b-c-d", "/news/2/e-f-g-h") == []


def test_addresses_told_apart_by_their_query_have_no_form():
    assert forms("/index?id=1", "/index?id=2", "/index?id=3") == []


def test_an_address_counts_once():
    assert forms("/news/1", "/news/1", "/news/2") == []
