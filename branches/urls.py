"""Routes of the app."""

app_name = "branches"

urlpatterns: list = []
