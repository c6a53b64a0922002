"""Former place of the resolver: CrawlerProcess loads TWISTED_DNS_RESOLVER before any spider can rename it."""

from newscrawler.middlewares.address_guard import PublicResolver

__all__ = ["PublicResolver"]
