"""Pages for readers and askers, one topic a file. Each file has its own `urlpatterns`; `public.urls` joins them."""
