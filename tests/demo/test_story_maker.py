from newscrawler.demo.story_maker import COUNT, make_stories


def test_the_same_stories_at_every_call_in_the_order_of_their_listing() -> None:
    stories = make_stories()
    assert stories == make_stories()
    assert len(stories) > COUNT
    assert [story.listed_at for story in stories] == sorted(story.listed_at for story in stories)
    assert len({story.code for story in stories}) == len(stories)


def test_links_and_featured_blocks_name_stories_of_the_site() -> None:
    stories = make_stories()
    codes = {story.code for story in stories}
    for story in stories:
        assert {link.code for link in story.links} <= codes
        assert all(link.text in story.paragraphs[link.paragraph] for link in story.links)
        assert 8 <= len(story.featured) <= 13
        assert story.code not in {entry.code for entry in story.featured}
