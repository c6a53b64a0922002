"""Item pipelines, between the spider and the feeds: one job each, in the order of ITEM_PIPELINES."""
