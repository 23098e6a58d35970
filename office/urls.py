"""Routes of the app."""

from django.urls import path

from office.views import calendar, health, rules

app_name = "office"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("office/rules/", rules.rule_list, name="rule_list"),
    path("office/rules/<str:code>/", rules.rule_detail, name="rule_detail"),
    path("office/calendar/", calendar.calendar, name="calendar"),
]
