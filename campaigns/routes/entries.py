"""Routes of entries."""

from django.urls import path

from branches.routes.uploads import upload_routes
from campaigns.views import entries
from campaigns.views.entry_imports import ENTRY_STEPS

ROUTES = [
    path("entries/", entries.entry_list, name="entry_list"),
    path("entries/export/", entries.entry_export, name="entry_export"),
    path("entries/new/", entries.entry_new, name="entry_new"),
    *upload_routes("entries/import/", ENTRY_STEPS),
    path("entries/files/<int:pk>/", entries.entry_file, name="entry_file"),
    path("entries/<int:pk>/", entries.entry_detail, name="entry_detail"),
    path("entries/<int:pk>/edit/", entries.entry_edit, name="entry_edit"),
    path("entries/<int:pk>/act/<slug:verb>/", entries.entry_act, name="entry_act"),
]
