"""Routes of needs."""

from django.urls import path

from branches.routes.uploads import upload_routes
from campaigns.views import need_links, needs
from campaigns.views.need_imports import NEED_STEPS

ROUTES = [
    path("needs/", needs.need_list, name="need_list"),
    path("needs/export/", needs.need_export, name="need_export"),
    path("needs/summary/", needs.need_summary, name="need_summary"),
    path("needs/summary/export/", needs.need_summary_export, name="need_summary_export"),
    path("needs/new/", needs.need_new, name="need_new"),
    *upload_routes("needs/import/", NEED_STEPS),
    path("needs/<int:pk>/", needs.need_detail, name="need_detail"),
    path("needs/<int:pk>/edit/", needs.need_edit, name="need_edit"),
    path("needs/<int:pk>/link/", need_links.need_link, name="need_link"),
    path("needs/rate/<slug:token>/", need_links.need_rate, name="need_rate"),
    path("needs/<int:pk>/act/<slug:verb>/", needs.need_act, name="need_act"),
]
