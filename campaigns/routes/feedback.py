"""Routes of 意见与减负."""

from django.urls import path

from campaigns.views import feedback

ROUTES = [
    path("feedback/", feedback.feedback_list, name="feedback_list"),
    path("feedback/new/", feedback.feedback_new, name="feedback_new"),
    path("feedback/export/", feedback.feedback_export, name="feedback_export"),
    path("feedback/<int:pk>/", feedback.feedback_detail, name="feedback_detail"),
]
