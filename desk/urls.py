"""Routes of the app."""

app_name = "desk"

urlpatterns: list = []
