import tomllib

from newscrawler.sites.learning import LearnedField, profile_text
from newscrawler.sites.learning.profile_text import unsure

FIELDS = [
    LearnedField("title", 'h1[itemprop="name"]', 11, 12, {"dom": 12}),
    LearnedField("authors", None, 2, 9, {"meta": 6, "dom": 3}),
]


def test_the_text_is_toml_with_what_is_unsure_in_comments():
    values = {"name": "post", "title": 'The "Post" \\ \x7f', "start": ["https://post.example/"], "demo": True}
    text = profile_text(values, [("/{id}", 5)], FIELDS, "A note")
    assert tomllib.loads(text) == {
        **values,
        "story_urls": ["/{id}"],
        "fields": {"title": ['h1[itemprop="name"]']},
    }
    assert "  # 11 of 12\n" in text
    assert (
        "# authors: no selector is sure (the best agrees on 2 of 9); found without one: meta 6, dom 3\n"
        in text
    )


def test_a_field_whose_place_no_selector_has_is_told_by_where_it_is_found():
    declared = LearnedField("modified", None, 0, 4, {"json-ld": 4})
    assert unsure(declared) == "no selector is sure; found without one: json-ld 4"
