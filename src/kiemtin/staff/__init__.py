"""What is done to desks and to the people in them: invitations, roles, a desk's own pages."""
