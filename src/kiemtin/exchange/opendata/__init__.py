"""Open data: the tables of an export, how they are written, and the months that the public site offers."""
