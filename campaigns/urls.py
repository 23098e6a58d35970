"""Routes of the app."""

app_name = "campaigns"

urlpatterns: list = []
