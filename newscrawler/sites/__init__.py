"""Profiles of sites and of CMS families: one TOML file each, and their loader."""

from newscrawler.sites.catalogue import Catalogue, site_for_url, site_of_host
from newscrawler.sites.profile import Site, SiteError
from newscrawler.sites.time_zone import with_zone

__all__ = ["Catalogue", "Site", "SiteError", "site_for_url", "site_of_host", "with_zone"]
