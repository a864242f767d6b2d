"""What can be done to checks: one verb a file."""
