"""How each kind of source is read: one kind a file."""
