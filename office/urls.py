"""Routes of the app."""

from django.urls import path

from office.views import health

app_name = "office"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
]
