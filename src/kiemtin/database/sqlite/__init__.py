"""SQLite as Django has it, and what a desk needs beside that: see `base`."""
