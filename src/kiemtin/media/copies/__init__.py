"""Copies of evidence: a page with all that was asked and answered, and what a file that is handed in really is."""
