"""Routes of extensions and exemptions."""

from django.urls import path

from campaigns.views import extensions

ROUTES = [
    path("extensions/", extensions.extension_list, name="extension_list"),
    path("extensions/<int:pk>/", extensions.extension_answer, name="extension_answer"),
    path("extensions/<int:pk>/take-back/", extensions.extension_take_back, name="extension_take_back"),
    path("assignments/<int:pk>/extension/", extensions.extension_new, name="extension_new"),
    path("assignments/change/", extensions.assignment_change, name="assignment_change"),
]
