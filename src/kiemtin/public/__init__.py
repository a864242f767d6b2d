"""The public site, its feeds and its sitemap. Views only, no models."""
