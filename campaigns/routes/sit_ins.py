"""Routes of the deputies who sit in on meetings."""

from django.urls import path

from campaigns.views import sit_ins

ROUTES = [
    path("sit-ins/", sit_ins.sit_in_list, name="sit_in_list"),
    path("sit-ins/export/", sit_ins.sit_in_export, name="sit_in_export"),
]
