"""Story or not, with the site in view: by the siblings of a page, where its own signs leave it open."""

from __future__ import annotations

from math import log

from newscrawler.extraction.html.site_template import Siblings, SiteTemplate
from newscrawler.extraction.template.page_facts import Evidence, SiblingFacts

# Thresholds chosen by hand on four whole sites; each keeps a page where it is in doubt.
_FEWEST_SIBLINGS = 8  # pages of a group that speak for another one
_MOST_ARE_STORIES = 0.6  # share of dated siblings that are stories
# Log-odds beside those of the siblings' share: the classifier's own base rate is that of all kinds of pages.
_PRIOR, _MOST_PRIOR = 1.0, 4.0
_FEWEST_NEWS = 5  # stories of a group of news
_HALF = 0.5
_RARE = 0.1  # share of a group's pages that print a date, below which one that does is an accident
_FEWEST_FED = 3  # pages of a group that feeds name: it holds what the site calls news


def prior_by_siblings(own: SiblingFacts, template: SiteTemplate) -> float:
    """Log-odds that a page is a story, from what its dated siblings are; 0.0 where they give none.

    A page that prints only when it was changed is as its siblings where most of those, dated or not, are stories.
    """
    if own.evidence & Evidence.DATED:
        group = template.dated_siblings.get(own.group)
    elif own.evidence & Evidence.CHANGED:
        group = template.siblings.get(own.group)
        if group is not None and group.dated < _HALF * group.pages:
            return 0.0
    else:
        return 0.0
    if group is None or group.pages < _FEWEST_SIBLINGS or group.stories < _MOST_ARE_STORIES * group.pages:
        return 0.0
    share = group.stories / (group.pages + 1)
    return min(_MOST_PRIOR, _PRIOR + log(share / (1 - share)))


def is_undated_page(own: SiblingFacts, template: SiteTemplate) -> bool:
    """True for a page without evidence of news, as its siblings, on a site whose news have it.

    A date that a content management system declares on every page is no evidence, nor is one that a page prints where
    its siblings print none, or that is no post.
    """
    if own.evidence & ~(Evidence.DATED | Evidence.CHANGED | Evidence.STATIC):
        return False
    group = template.siblings.get(own.group)
    if Evidence.STATIC not in own.evidence:
        if group is not None and _has_news(group):
            return False
        lone = group is None or group.pages < _FEWEST_SIBLINGS or group.dated >= _RARE * group.pages
        if Evidence.DATED in own.evidence and lone:
            return False
    return _dates_its_news(template)


def _has_news(group: Siblings) -> bool:
    evident = max(group.dated, group.named)
    return group.fed >= _FEWEST_FED or evident >= _HALF * group.pages


def _dates_its_news(template: SiteTemplate) -> bool:
    """True when a group that is named news, or most of the site's stories, print their dates."""
    groups = template.siblings.values()
    for group in groups:
        is_named = group.fed >= _FEWEST_FED or group.named >= _HALF * group.pages
        if is_named and group.stories >= _FEWEST_NEWS and group.dated >= _HALF * group.pages:
            return True
    stories = sum(group.stories for group in groups)
    dated = sum(min(group.dated, group.stories) for group in groups)
    return stories >= _FEWEST_SIBLINGS and dated > _HALF * stories
