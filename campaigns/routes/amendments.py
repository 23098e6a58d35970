"""Routes of amendments."""

from django.urls import path

from campaigns.views import amendments

ROUTES = [
    path("targets/<int:pk>/amend/", amendments.target_amend, name="target_amend"),
    path("targets/<int:pk>/end/", amendments.target_end, name="target_end"),
]
