"""Learning a site's profile from saved story pages: where general reading agrees on a place, that is its selector."""

from newscrawler.sites.learning.field_learner import LearnedField, learn_fields
from newscrawler.sites.learning.profile_text import profile_text
from newscrawler.sites.learning.saved_page import SavedPage
from newscrawler.sites.learning.story_urls import learn_story_urls

__all__ = ["LearnedField", "SavedPage", "learn_fields", "learn_story_urls", "profile_text"]
