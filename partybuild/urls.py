"""Routes of the portal: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("desk.urls")),
    path("assessments/", include("assessments.urls")),
    path("campaigns/", include("campaigns.urls")),
    path("members/", include("members.urls")),
    path("", include("office.urls")),
    path("", include("branches.urls")),
]

handler400 = "branches.views.errors.bad_request"
handler403 = "branches.views.errors.forbidden"
handler404 = "branches.views.errors.not_found"
handler500 = "branches.views.errors.server_error"
