"""Backups: what goes into one, how it is written, and how it becomes a data folder again."""
