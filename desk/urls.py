"""Routes of the app."""

from django.urls import path

from desk.views import board

app_name = "desk"

urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/export/", board.board_export, name="board_export"),
]
