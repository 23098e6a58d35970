"""Routes of entries."""

from django.urls import path

from campaigns.views import entries
from campaigns.views.entry_imports import ENTRY_STEPS

ROUTES = [
    path("entries/", entries.entry_list, name="entry_list"),
    path("entries/export/", entries.entry_export, name="entry_export"),
    path("entries/new/", entries.entry_new, name="entry_new"),
    path("entries/import/", ENTRY_STEPS["import"], name="entry_import"),
    path("entries/import/template/", ENTRY_STEPS["template"], name="entry_import_template"),
    path("entries/import/<uuid:token>/", ENTRY_STEPS["detail"], name="entry_upload_detail"),
    path("entries/import/<uuid:token>/confirm/", ENTRY_STEPS["confirm"], name="entry_upload_confirm"),
    path("entries/import/<uuid:token>/drop/", ENTRY_STEPS["drop"], name="entry_upload_drop"),
    path("entries/import/<uuid:token>/report/", ENTRY_STEPS["report"], name="entry_upload_report"),
    path("entries/files/<int:pk>/", entries.entry_file, name="entry_file"),
    path("entries/<int:pk>/", entries.entry_detail, name="entry_detail"),
    path("entries/<int:pk>/edit/", entries.entry_edit, name="entry_edit"),
    path("entries/<int:pk>/act/<slug:verb>/", entries.entry_act, name="entry_act"),
]
