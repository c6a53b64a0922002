"""What happens to a story between the spider and the feed: one job each, in the order of ITEM_PIPELINES."""
