"""Addresses of the public site, joined from the files that answer them."""

from __future__ import annotations

from kiemtin.public.views import (
    agreement,
    ask,
    card,
    check,
    checks,
    copies,
    corrections,
    desk_pages,
    embed,
    feeds,
    forget,
    home,
    open_data,
    privacy,
    public_log,
    receipt,
    report,
    reuse,
    revisions,
    robots,
    share,
    sitemap,
    webapp,
    widget,
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
    *embed.urlpatterns,
    *check.urlpatterns,  # after the others: the readable end of its address may be any word
    *copies.urlpatterns,
    *corrections.urlpatterns,
    *desk_pages.urlpatterns,
    *open_data.urlpatterns,
    *privacy.urlpatterns,
    *public_log.urlpatterns,
    *reuse.urlpatterns,
    *feeds.urlpatterns,
    *widget.urlpatterns,
    *sitemap.urlpatterns,
    *robots.urlpatterns,
]
