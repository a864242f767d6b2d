"""What can be done across the border: one verb a file."""
