"""People, desks, roles and sign-in."""
