"""The one bridge from the database to the matching core: keeps the index and asks it."""
