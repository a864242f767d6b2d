"""Append-only log of what happened."""
