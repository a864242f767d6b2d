"""Ways in which a question comes and an answer goes."""
