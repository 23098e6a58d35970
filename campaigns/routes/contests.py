"""Routes of contests, applications and the roll of honour."""

from django.urls import path

from campaigns.views import applications, contests

ROUTES = [
    path("contests/", contests.contest_list, name="contest_list"),
    path("contests/export/", contests.contest_export, name="contest_export"),
    path("contests/new/", contests.contest_new, name="contest_new"),
    path("contests/<int:pk>/", contests.contest_detail, name="contest_detail"),
    path("contests/<int:pk>/edit/", contests.contest_edit, name="contest_edit"),
    path("contests/<int:pk>/publish/", contests.contest_publish, name="contest_publish"),
    path("contests/<int:pk>/close/", contests.contest_close, name="contest_close"),
    path("contests/<int:pk>/apply/", applications.application_new, name="application_new"),
    path("applications/", applications.application_list, name="application_list"),
    path("applications/export/", applications.application_export, name="application_export"),
    path("applications/<int:pk>/", applications.application_detail, name="application_detail"),
    path("applications/<int:pk>/act/<slug:verb>/", applications.application_act, name="application_act"),
    path("applications/<int:pk>/verify/", applications.application_verify, name="application_verify"),
    path("applications/<int:pk>/award/", applications.application_award, name="application_award"),
    path("applications/<int:pk>/ask/", applications.application_ask, name="application_ask"),
    path("awards/", applications.award_list, name="award_list"),
    path("awards/export/", applications.award_export, name="award_export"),
]
