"""Formats of the outside world: ClaimReview, DataFeed, BEIR folders, open data."""
