"""Pages of the desk, one subject a file; each lists its addresses in `urlpatterns`."""
