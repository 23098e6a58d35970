"""Routes of leading groups and of the deliverables of milestones."""

from django.urls import path

from campaigns.views import leading_groups, milestones

ROUTES = [
    path("<int:pk>/seats/new/", leading_groups.seat_new, name="seat_new"),
    path("seats/<int:pk>/", leading_groups.seat_edit, name="seat_edit"),
    path("seats/<int:pk>/remove/", leading_groups.seat_remove, name="seat_remove"),
    path("milestones/<int:pk>/deliverable/", milestones.milestone_ask, name="milestone_ask"),
]
