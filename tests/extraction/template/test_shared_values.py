"""Values that nearly all pages of a site declare say nothing of one of them."""

import pytest

from newscrawler.extraction import read
from newscrawler.extraction.template.template_memory import TemplateMemory

from .generated_site import story_page, url_of

_HEAD = (
    '<meta name="author" content="Ada Crake"><meta property="og:image" content="/house-on-the-quay.jpg">'
    '<meta property="article:published_time" content="2019-05-06T07:08:09+00:00">'
    '<meta property="article:section" content="Default Category">'
)


def page(number: int, printed: str = "", day: int | None = None) -> bytes:
    html = story_page(number).decode()
    html = html.replace("<html>", '<html lang="en">').replace("</head>", f"{_HEAD}</head>")
    html = html.replace('<p class="when">', f'{printed}<p class="when">')
    own = f'<img src="/picture-{number}.jpg" width="600"><img src="/seal.png" width="600">'
    html = html.replace("</p><p>The", f"</p>{own}<p>The", 1)
    return (html if day is None else html.replace("March 2024", "")).encode()


@pytest.fixture(scope="module")
def template():
    memory = TemplateMemory()
    for number in range(30):
        memory.add_story(url_of(number), read(page(number), url_of(number)).facts)
    return TemplateMemory(memory.to_dict()).template


def story(html, template):
    return read(html, url_of(3), template=template).story


def test_alone_a_page_is_believed():
    alone = read(page(3), url_of(3)).story
    assert alone.authors == ["Ada Crake"]
    assert alone.published.startswith("2019-05-06")
    assert alone.section == "Default Category"
    assert alone.image.endswith("/house-on-the-quay.jpg")


def test_declared_values_of_all_pages_are_no_story_s(template):
    found = story(page(3), template)
    assert found.authors == []
    assert found.published == "2024-03-04"
    assert found.section is None
    assert [one.url.rpartition("/")[2] for one in found.images] == ["picture-3.jpg"]


def test_a_declared_author_and_section_that_the_page_prints_are_kept(template):
    found = story(page(3, '<p><a>Default Category</a></p><p class="x">Ada Crake</p>'), template)
    assert found.authors == ["Ada Crake"]
    assert found.section == "Default Category"


def test_a_value_that_other_pages_do_not_declare_is_believed(template):
    html = page(3).replace(b"Ada Crake", b"Bo Reed").replace(b"2019-05-06", b"2024-03-04")
    found = story(html, template)
    assert found.authors == ["Bo Reed"]
    assert found.published == "2024-03-04T07:08:09+00:00"


def test_one_date_on_few_pages_may_be_the_day():
    memory = TemplateMemory()
    for number in range(12):
        memory.add_story(url_of(number), read(page(number), url_of(number)).facts)
    assert story(page(3), memory.template).published.startswith("2019-05-06")


def test_a_language_of_all_pages_must_agree_with_the_words(template):
    text = "As ruas da cidade foram fechadas no sábado, me disse a mãe, do que se vê no bairro as to a. "
    html = page(3).replace(b"</h2>", f"</h2><p>{text * 8}</p>".encode())
    assert read(html, url_of(3)).story.language == "en"
    assert story(html, template).language == "pt"
