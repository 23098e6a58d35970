"""Routes of the app."""

from django.urls import path

from assessments.views import round_detail, rounds, sheets

app_name = "assessments"

urlpatterns = [
    path("", rounds.round_list, name="round_list"),
    path("new/", rounds.round_create, name="round_create"),
    path("<int:pk>/", round_detail.round_detail, name="round_detail"),
    path("<int:pk>/export/", round_detail.round_export, name="round_export"),
    path("<int:pk>/rescore/", rounds.round_rescore, name="round_rescore"),
    path("<int:pk>/advance/", rounds.round_advance, name="round_advance"),
    path("<int:pk>/publish/", rounds.round_publish, name="round_publish"),
    path("schemes/<int:pk>/", round_detail.scheme_detail, name="scheme_detail"),
    path("sheets/<int:pk>/", sheets.sheet_detail, name="sheet_detail"),
    path("sheets/<int:pk>/take-back/", sheets.sheet_take_back, name="sheet_take_back"),
    path("sheets/<int:pk>/rescore/", sheets.sheet_rescore, name="sheet_rescore"),
]
