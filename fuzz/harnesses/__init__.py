"""The harnesses, a topic a file."""
