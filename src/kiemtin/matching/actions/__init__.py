"""What can be done to the index: one verb a file."""
