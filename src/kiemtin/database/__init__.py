"""What SQLite and PostgreSQL do differently, said once: guards of tables, locks that hold for a whole installation."""
