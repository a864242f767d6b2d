"""Formats of Vietnamese."""
