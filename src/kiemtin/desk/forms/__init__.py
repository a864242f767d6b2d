"""Forms of the desk's pages, one subject a file."""
