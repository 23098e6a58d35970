"""Routes of the app."""

app_name = "assessments"

urlpatterns: list = []
