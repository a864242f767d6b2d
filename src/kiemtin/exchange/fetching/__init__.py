"""Fetching from strangers: bounded in size and time, and never from an address that is not public."""
