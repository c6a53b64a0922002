"""Joining the pages of a story."""

from newscrawler.extraction import Page, is_later_page, join_pages, read

FIRST = "https://example.org/news/late-ferry"
TITLE = "The ferry is late again and the island waits"
BIOGRAPHY = (
    "Ann Smith has written about the harbour and its boats for this paper since 1999, and lives there."
)


def texts(start: int, count: int = 4) -> list[str]:
    return [
        f"The ferry to the island was late again on day {n}, and the crew of the boat said that {n * 7} passengers had "
        f"waited at pier {n} since the early morning."
        for n in range(start, start + count)
    ]


def page(
    number: int, paragraphs: list[str], *, title: str = TITLE, day: int = 20, more: str = "", head: str = ""
) -> Page:
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    url = FIRST if number == 1 else f"{FIRST}?page={number}"
    return read(
        f'<html><head><title>{title}</title><meta property="og:type" content="article">{head}</head><body><article>'
        f'<h1>{title}</h1><time datetime="2026-11-{day}T10:00:00Z"></time>{text}{more}</article>'
        "</body></html>".encode(),
        url,
    )


def joined(*pages: Page, is_complete: bool = True) -> list[str]:
    first, *later = pages
    join_pages(first, later, is_complete=is_complete)
    return first.story.body.split("\n\n")


def test_text_is_joined_in_order():
    first = page(1, texts(0))
    assert joined(first, page(2, texts(10)), page(3, texts(20))) == texts(0) + texts(10) + texts(20)
    assert first.story.word_count == sum(len(each.split()) for each in texts(0) + texts(10) + texts(20))
    assert first.story.title == TITLE
    assert first.story.sources["body"] == "dom"


def test_a_paragraph_at_the_joint_comes_once():
    assert joined(page(1, texts(0)), page(2, texts(0)[-1:] + texts(10))) == texts(0) + texts(10)


def test_what_each_page_begins_or_ends_with_comes_once():
    standfirst = (
        "The standfirst of this story stands on each of its pages, since the site prints it there again."
    )
    first = page(1, [standfirst, *texts(0), BIOGRAPHY])
    second = page(2, [standfirst, *texts(10), BIOGRAPHY])
    assert joined(first, second) == [standfirst, *texts(0), *texts(10), BIOGRAPHY]


def test_links_between_the_pages_are_no_text():
    link = '<p><a href="?page=2">Lesen Sie weiter auf Seite 2</a></p>'
    back = '<p><a href="/news/late-ferry">Zurück zu Seite 1</a></p>'
    assert joined(page(1, texts(0), more=link), page(2, texts(10), more=back)) == texts(0) + texts(10)


def test_pictures_of_all_pages():
    first = page(1, texts(0), more='<figure><img src="/a.jpg" width="600"></figure>')
    second = page(
        2, texts(10), more='<figure><img src="/a.jpg" width="600"><img src="/b.jpg" width="600"></figure>'
    )
    join_pages(first, [second], is_complete=True)
    assert [image.url for image in first.story.images] == [f"https://example.org/{name}.jpg" for name in "ab"]


def test_a_missing_page_is_marked():
    first = page(1, texts(0))
    assert joined(first, page(3, texts(20)), is_complete=False) == texts(0) + texts(20)
    assert first.story.sources["body"] == "dom, incomplete"


def test_a_later_page_goes_on_under_the_same_headline():
    first = page(1, texts(0))
    assert is_later_page(first, [], page(2, texts(10)))
    assert is_later_page(first, [], page(2, texts(10), title=f"{TITLE} – Seite 2"))
    assert not is_later_page(first, [], page(2, texts(10), title="Council decides on the second bridge"))


def test_a_chapter_links_the_first_page():
    first, chapter = page(1, texts(0)), page(2, texts(10), title="The long way back")
    assert is_later_page(first, [], chapter, links_back=True)
    dated = '<meta property="article:published_time" content="2026-11-27T10:00:00Z">'
    another = page(2, texts(10), title="The long way back", day=27, head=dated)
    assert not is_later_page(first, [], another, links_back=True), "of another day"


def test_a_page_that_only_repeats_is_none():
    first = page(1, texts(0))
    assert not is_later_page(first, [], page(2, texts(0)))
    assert not is_later_page(first, [page(2, texts(10))], page(3, texts(10)))
    assert not is_later_page(first, [], page(2, []))


def test_a_picture_of_a_slide_show_is_none():
    def slide(number: int) -> Page:
        return page(number, texts(number, 1), more=f'<figure><img src="/{number}.jpg" width="600"></figure>')

    assert not is_later_page(slide(1), [], slide(2))
