"""Routes of pledges."""

from django.urls import path

from campaigns.views import pledges

ROUTES = [
    path("pledges/", pledges.pledge_list, name="pledge_list"),
    path("pledges/export/", pledges.pledge_export, name="pledge_export"),
    path("pledges/new/", pledges.pledge_new, name="pledge_new"),
    path("pledges/board/<int:pk>/", pledges.pledge_board, name="pledge_board"),
    path("pledges/<int:pk>/", pledges.pledge_detail, name="pledge_detail"),
    path("pledges/<int:pk>/act/<slug:verb>/", pledges.pledge_act, name="pledge_act"),
]
