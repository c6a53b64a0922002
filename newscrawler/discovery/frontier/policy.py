"""Numbers that steer the frontier: how likely links lead to stories, and when it loses patience.

Chosen by hand. tests/discovery holds what they must bring about on simulated sites: every story found with hardly a
request wasted, and at most 25 requests for a trap. A patience is also what a trap of that kind costs in requests,
so that twice the patience is twice the cost.
"""

from __future__ import annotations

from newscrawler.discovery.frontier.link_types import LinkContext

# Priors by link context: probability of a story, and new stories to expect of a page that is none. They count as
# much as three pages (`story_chance`) and two (`expected_gain`) that were read.
CHANCE = {
    LinkContext.FEED: 0.9,
    LinkContext.LIST: 0.85,
    LinkContext.MAP: 0.6,
    LinkContext.TEXT: 0.5,
    LinkContext.NAV: 0.1,
    LinkContext.MENU: 0.1,
    LinkContext.PRINT: 0.1,
}
GAIN = {
    LinkContext.SEED: 30.0,
    LinkContext.MAIN: 12.0,
    LinkContext.PAGE: 6.0,
    LinkContext.MENU: 4.0,
    LinkContext.NAV: 2.0,
    LinkContext.LIST: 2.0,
    LinkContext.TEXT: 1.0,
    LinkContext.MAP: 1.0,
    LinkContext.PRINT: 0.1,
}
# Where earlier runs know the site, or only new stories are wanted, the lesser leads have less to bring.
RETURNING_GAIN = {
    LinkContext.PAGE: 1.0,
    LinkContext.NAV: 0.4,
    LinkContext.TEXT: 0.4,
    LinkContext.MAP: 0.6,
    LinkContext.LIST: 0.6,
}

# Pages without gain in a row after which a kind is left alone: all that bring nothing new, and those of them
# that list no story at all. Requests under way count, so that a trap stays below 25.
PATIENCE = {LinkContext.MAIN: 1000, LinkContext.SEED: 1000, LinkContext.PAGE: 12, LinkContext.MENU: 14}
EMPTY_PATIENCE = {
    LinkContext.MENU: 12,
    LinkContext.MAIN: 10,
    LinkContext.MAP: 10,
    LinkContext.NAV: 5,
    LinkContext.PRINT: 4,
}
LABEL_PATIENCE = 6  # tags, authors, archives: the same stories in another order
# Barren pages among the last hundred after which a kind that holds stories is left alone, and how many more for each
# story among them: of a hundred, some ten must be stories.
STORY_PATIENCE = 14
STORY_PATIENCE_PER_STORY = 8
UNREAD_PATIENCE = 100  # errors and missing pages with no page between them that could be read
SOURCE_PATIENCE = 20  # sources in a row that brought nothing
OLDER_PATIENCE = (
    12  # stories in a row older than asked for, after which undated ones are only taken from front pages
)
MISSES = 4  # default URLs of sitemaps, and of feeds, that are not there before no more are tried
HOLDS = 100  # turns, in all, in which an undated story waits for a sitemap or feed that may date it

# Requests for pages that are no story (leads) while stories are pending: at first, and per story found.
FIRST_LEADS = 12
LEADS_PER_STORY = 0.25
# Leads without a new story after which only leads are followed that should bring one or more: at first, at first
# where earlier runs know the site or only new stories are wanted, and per story found.
BARREN = 40
BARREN_RETURNING = 8
BARREN_PER_STORY = 0.08
