"""Routes of the app."""

from django.urls import path

from desk.views import (
    anonymising,
    board,
    home,
    joining,
    organizations,
    planned_changes,
    runs,
    search,
    standings,
    transfers,
    years,
)

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("board/", board.board, name="board"),
    path("board/export/", board.board_export, name="board_export"),
    path("runs/", runs.run_list, name="run_list"),
    path("runs/dispatch/", runs.dispatch_new, name="dispatch_new"),
    path("runs/closing/", runs.closing_new, name="closing_new"),
    path("runs/<int:pk>/", runs.run_detail, name="run_detail"),
    path("runs/<int:pk>/restart/", runs.run_restart, name="run_restart"),
    path("organizations/<int:pk>/rename/", organizations.organization_rename, name="organization_rename"),
    path("organizations/<int:pk>/move/", organizations.organization_move, name="organization_move"),
    path("organizations/<int:pk>/merge/", organizations.organization_merge, name="organization_merge"),
    path("organizations/<int:pk>/split/", organizations.organization_split, name="organization_split"),
    path("organizations/<int:pk>/dissolve/", organizations.organization_dissolve, name="organization_dissolve"),
    path("organizations/changes/<int:pk>/", organizations.organization_change, name="organization_change"),
    path("organizations/planned/", planned_changes.plan_list, name="plan_list"),
    path("organizations/<int:pk>/planned/", planned_changes.organization_plans, name="organization_plans"),
    path("organizations/planned/<int:pk>/cancel/", planned_changes.plan_cancel, name="plan_cancel"),
    path("transfers/admit/", transfers.transfer_admit, name="transfer_admit"),
    path("transfers/<int:pk>/accept/", transfers.transfer_accept, name="transfer_accept"),
    path("transfers/<int:pk>/receipt/", transfers.transfer_receipt, name="transfer_receipt"),
    path("members/new/", joining.member_new, name="member_new"),
    path("members/development/<int:pk>/steps/<slug:code>/", joining.development_step, name="development_step"),
    path("members/<int:pk>/suspend/", standings.member_suspend, name="member_suspend"),
    path("members/<int:pk>/restore/", standings.member_restore, name="member_restore"),
    path("members/<int:pk>/leave/", standings.member_leave, name="member_leave"),
    path("members/<int:pk>/anonymise/", anonymising.member_anonymise, name="member_anonymise"),
    path("years/own/", years.own_year, name="own_year"),
    path("years/members/<int:pk>/", years.member_year_now, name="member_year_now"),
    path("years/members/<int:pk>/<int:year>/", years.member_year, name="member_year"),
    path("years/members/<int:pk>/<int:year>/document/", years.member_year_document, name="member_year_document"),
    path("years/branches/<int:pk>/<int:year>/", years.branch_year, name="branch_year"),
    path("years/branches/<int:pk>/<int:year>/document/", years.branch_year_document, name="branch_year_document"),
    path("years/branches/<int:pk>/", years.branch_year_panel, name="branch_year_panel"),
    path("search/", search.search_page, name="search"),
    path("bulletins/<int:pk>/redraft/", runs.bulletin_redraft, name="bulletin_redraft"),
]
