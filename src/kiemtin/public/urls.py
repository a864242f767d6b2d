"""Addresses of the public site, joined from the files that answer them."""

from __future__ import annotations

from kiemtin.public.views import (
    agreement,
    ask,
    card,
    check,
    checks,
    corrections,
    desk_pages,
    forget,
    home,
    open_data,
    privacy,
    receipt,
    report,
    revisions,
    robots,
    share,
    webapp,
)

app_name = "public"
urlpatterns = [
    *home.urlpatterns,
    *ask.urlpatterns,
    *receipt.urlpatterns,
    *agreement.urlpatterns,
    *forget.urlpatterns,
    *share.urlpatterns,
    *webapp.urlpatterns,
    *checks.urlpatterns,
    *revisions.urlpatterns,
    *report.urlpatterns,
    *card.urlpatterns,
    *check.urlpatterns,  # after the others: the readable end of its address may be any word
    *corrections.urlpatterns,
    *desk_pages.urlpatterns,
    *open_data.urlpatterns,
    *privacy.urlpatterns,
    *robots.urlpatterns,
]
