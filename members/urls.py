"""Routes of the app."""

app_name = "members"

urlpatterns: list = []
