"""Routes of the app."""

from django.urls import path, re_path

from office.views import calendar, documents, health, notices, rules

app_name = "office"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("office/documents/", documents.document_list, name="document_list"),
    path("office/documents/<int:pk>/", documents.document_detail, name="document_detail"),
    path("office/documents/<int:pk>/download/", documents.document_download, name="document_download"),
    path("office/documents/<int:pk>/<slug:verb>/", documents.document_step, name="document_step"),
    path("office/rules/", rules.rule_list, name="rule_list"),
    re_path(r"^office/rules/(?P<code>[a-z0-9_.]{1,64})/$", rules.rule_detail, name="rule_detail"),
    path("office/notices/", notices.notice_list, name="notice_list"),
    path("office/notices/read/", notices.notice_read_all, name="notice_read_all"),
    path("office/notices/<int:pk>/", notices.notice_open, name="notice_open"),
    path("office/calendar/", calendar.calendar, name="calendar"),
]
