"""Feeds: what they tell, and one format a file."""
