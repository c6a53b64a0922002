"""Next pages of a listing."""

from newscrawler.discovery.pagination.next_page import pagination

__all__ = ["pagination"]
