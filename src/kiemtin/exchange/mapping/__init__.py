"""Pure mapping from the outside world's shapes to reviews."""
