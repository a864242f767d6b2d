"""Answers by mail."""
