"""Filters of the desk's templates."""
