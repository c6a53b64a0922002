"""The classifier's reasons in plain words."""

import pytest

from newscrawler.extraction.page_type.page_features import NAMES
from newscrawler.extraction.page_type.reasons import FEATURE_WORDS, plain_reason


def test_every_feature_has_its_words():
    assert tuple(FEATURE_WORDS) == NAMES


@pytest.mark.parametrize(
    ("reason", "plain"),
    [
        ("no-story-signs 0.04 linked_share headline_links", "linked text, linked headlines"),
        ("story-signs 0.98 headline_in_address headline_is_address", "the headline in the address"),
        ("listing-signs 0.61 paged and undated", "paged and undated"),
        ("no-story-signs 0.30 ", "few signs either way"),
        ("no-body though it looks like a story", "no text though it looks like a story"),
        ("front-page by its address", "the front page by its address"),
        (
            "its outcome is no-story-signs: no-story-signs 0.04 linked_share; it was found today",
            "its outcome is no-story-signs: linked text; it was found today",
        ),
        (
            "https://a.example/front-page: listing (listing-declared by its JSON-LD type)",
            "https://a.example/front-page: listing (declared as a listing by its JSON-LD type)",
        ),
        ("http-404", "http-404"),
        ("answered 404", "answered 404"),
    ],
)
def test_plain_words(reason, plain):
    assert plain_reason(reason) == plain
