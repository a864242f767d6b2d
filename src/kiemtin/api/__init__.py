"""The HTTP API. Views only, no models."""
