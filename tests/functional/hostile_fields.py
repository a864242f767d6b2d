"""Texts of the database that no page shows, and why."""

HIDDEN: set[str] = set()
