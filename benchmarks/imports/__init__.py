"""The import of a large DataFeed: rate, memory, resume, beside a plain import into SQLite."""
