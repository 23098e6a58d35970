"""Routes of needs."""

from django.urls import path

from campaigns.views import needs
from campaigns.views.need_imports import NEED_STEPS

ROUTES = [
    path("needs/", needs.need_list, name="need_list"),
    path("needs/export/", needs.need_export, name="need_export"),
    path("needs/summary/", needs.need_summary, name="need_summary"),
    path("needs/new/", needs.need_new, name="need_new"),
    path("needs/import/", NEED_STEPS["import"], name="need_import"),
    path("needs/import/template/", NEED_STEPS["template"], name="need_import_template"),
    path("needs/import/<uuid:token>/", NEED_STEPS["detail"], name="need_upload_detail"),
    path("needs/import/<uuid:token>/confirm/", NEED_STEPS["confirm"], name="need_upload_confirm"),
    path("needs/import/<uuid:token>/drop/", NEED_STEPS["drop"], name="need_upload_drop"),
    path("needs/import/<uuid:token>/report/", NEED_STEPS["report"], name="need_upload_report"),
    path("needs/<int:pk>/", needs.need_detail, name="need_detail"),
    path("needs/<int:pk>/edit/", needs.need_edit, name="need_edit"),
    path("needs/<int:pk>/act/<slug:verb>/", needs.need_act, name="need_act"),
]
