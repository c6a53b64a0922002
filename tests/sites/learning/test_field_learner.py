from datetime import UTC, datetime

from newscrawler.sites.learning import SavedPage, learn_fields

NOW = datetime(2026, 11, 30, tzinfo=UTC)
TOPICS = ("harbour", "mill", "bridge", "market", "school", "tram")


def saved(topic, *, byline="", headline='<h1 class="headline">{}</h1>', extra=""):
    title = f"The old {topic} of the town opens again after years"
    text = "".join(
        f"<p>The {topic} opened its doors again on morning {number}, and the whole town came to see the wheel turn, "
        "the flour fall and the mayor laugh about it.</p>"
        for number in range(6)
    )
    page = f"""<!DOCTYPE html><html lang="en"><head><title>{title}</title><meta property="og:title" content="{title}">
        <meta property="og:type" content="article"></head><body><header><a href="/">Town Post</a></header>
        <article class="story-{len(topic) + 100}">{headline.format(title)}{byline}
        <time class="when" datetime="2026-11-2{len(topic) % 10}T09:00:00+00:00">November 2{len(topic) % 10}, 2026</time>
        <div class="story-text">{text}</div>{extra}</article></body></html>"""
    return SavedPage(
        page.encode(), f"https://post.example/{topic}-opens-again-today", "text/html; charset=utf-8", NOW
    )


def learned(pages):
    return {one.name: one for one in learn_fields(pages)}


def test_what_all_stories_agree_on_is_sure():
    fields = learned([saved(topic) for topic in TOPICS])
    assert fields["title"].selector == "h1.headline"
    assert fields["body"].selector == "div.story-text"
    assert fields["published"].selector == "time.when"
    assert (fields["title"].agreed, fields["title"].pages) == (6, 6)
    assert fields["published"].found_by == "dom 6"
    assert "authors" not in fields


def test_a_name_that_only_some_stories_share_is_not_sure():
    pages = [
        saved(topic, byline=f'<div class="{"one" if at % 2 else "two"}">By <b>Ann Reed</b></div>')
        for at, topic in enumerate(TOPICS)
    ]
    authors = learned(pages)["authors"]
    assert authors.selector is None
    assert (authors.agreed, authors.pages) == (3, 6)
    assert sum(authors.sources.values()) == 6


def test_one_page_of_another_template_does_not_matter():
    pages = [saved(topic) for topic in TOPICS[:-1]]
    pages.append(saved(TOPICS[-1], headline='<h1 class="wide">{}</h1>'))
    title = learned(pages)["title"]
    assert (title.selector, title.agreed) == ("h1", 6)
    pages[-1] = saved(TOPICS[-1], headline='<h2 class="headline">{}</h2>')
    title = learned(pages)["title"]
    assert (title.selector, title.agreed) == ("h1.headline", 5)
    pages[0] = saved(TOPICS[0], headline='<h2 class="headline">{}</h2>')
    assert learned(pages)["title"].selector is None


def test_two_stories_are_too_few():
    fields = learned([saved(topic) for topic in TOPICS[:2]])
    assert {one.selector for one in fields.values()} == {None}


def test_pages_without_a_story_are_passed_over():
    about = SavedPage(b"<title>About us</title><p>Write to us.", "https://post.example/about", None, NOW)
    assert learn_fields([about]) == []
    assert learned([about, *map(saved, TOPICS)])["title"].pages == 6
