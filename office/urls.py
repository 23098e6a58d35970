"""Routes of the app."""

app_name = "office"

urlpatterns: list = []
