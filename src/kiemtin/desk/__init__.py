"""Staff pages. Views only, no models."""
