"""Plain words for the classifier's reasons, for summaries and commands; what is stored keeps the codes."""

from __future__ import annotations

import re

# For each feature of the classifier, its presence in words; amounts are not stored, so none is named.
FEATURE_WORDS = {
    "depth": "folders in the address",
    "slug_words": "an address made of words",
    "slug_number": "a number in the address",
    "path_dated": "a date in the address",
    "path_archive": "an archive's address",
    "path_listing_word": "a listing's address",
    "path_story_word": "a story's address",
    "path_paged": "a page number in the address",
    "path_forum": "a forum's address",
    "query_only": "an address that is only a query",
    "query_number": "a number in the address's query",
    "extension": "a file extension in the address",
    "og_article": "declared as an article",
    "declared_story": "declared as a story",
    "many_story_types": "several stories declared",
    "published_meta": "a publication date declared",
    "dated": "a publication date",
    "embeddable": "offered for embedding",
    "rel_next": "a next page declared",
    "single_class": "a single entry's template",
    "listing_class": "a listing's template",
    "headline": "a headline",
    "headline_words": "words in the headline",
    "headline_in_window_title": "the headline in the window's title",
    "headline_in_address": "the headline in the address",
    "headline_is_address": "the headline in the address",
    "headline_visible": "a printed headline",
    "headline_linked": "a headline that is a link",
    "headline_over_text": "a headline above the text",
    "h1s": "main headings",
    "linked_headings": "headings that are links",
    "plain_headings": "headings that are no links",
    "articles": "articles marked as such",
    "times": "dates marked as such",
    "links": "links",
    "page_numbers": "links to numbered pages",
    "prices": "prices",
    "headline_links": "linked headlines",
    "linked_share": "linked text",
    "text": "text",
    "longest_run": "running text",
    "longest_share": "text in one place",
    "text_per_link": "text between links",
    "one_text": "one running text",
    "long_text": "a long text",
    "body": "a story's text",
    "body_headline_links": "linked headlines within the text",
    "path_journal": "an address among stories or entries",
    "path_goods": "an address among goods",
    "path_service": "an address among services",
    "path_manual": "an address among manuals",
    "path_talk": "an address among discussions",
    "page_declared": "declared as a page alone",
    "goods_declared": "goods or services declared",
    "talk_declared": "questions or posts declared",
    "goods_named": "something to buy",
    "byline": "a byline",
    "date_printed": "a printed date",
    "changed": "a date of its last change",
    "code": "program code",
    "figures": "figures",
    "fields": "fields to fill in",
}
_CODE_WORDS = {
    "front-page": "the front page",
    "listing-declared": "declared as a listing",
    "product-declared": "declared as a product",
    "forum-declared": "declared as a forum",
    "no-body": "no text",
    "no-title": "no headline",
}
_WEIGHED = re.compile(r"\b(?:no-story|listing|story)-signs \d\.\d\d((?: [a-z][a-z0-9_]*)*) ?")
_CERTAIN = re.compile(rf"(?:^|(?<=[:;] )|(?<=\())({'|'.join(_CODE_WORDS)})(?= by its | though )")


def plain_reason(reason: str) -> str:
    """A reason of `page_classifier`, alone or within a sentence, without codes and figures."""
    return _CERTAIN.sub(lambda match: _CODE_WORDS[match[1]], _WEIGHED.sub(_weighed, reason))


def _weighed(match: re.Match[str]) -> str:
    names = match[1].split()
    if not FEATURE_WORDS.keys() >= set(names):
        return " ".join(names) or "few signs either way"
    return ", ".join(dict.fromkeys(FEATURE_WORDS[name] for name in names)) or "few signs either way"
