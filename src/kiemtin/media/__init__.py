"""Pictures and links: reading, hashing, canonical forms. Knows no Django."""
