"""What can be done to questions and cases: one verb a file."""
