"""Routes of the app."""

from django.urls import path

from members.views import accounts, exports, members, offices, registers, rooms, year_facts
from members.views.imports import MEMBER_STEPS

app_name = "members"

urlpatterns = [
    path("", members.member_list, name="member_list"),
    path("accounts/", accounts.account_slips, name="account_slips"),
    path("find/", members.member_find, name="member_find"),
    path("registers/", registers.register_list, name="register_list"),
    path("year-facts/", year_facts.year_facts_list, name="year_facts_list"),
    path("year-facts/export/", year_facts.year_facts_export, name="year_facts_export"),
    path("year-facts/<int:pk>/<int:year>/", year_facts.year_facts_edit, name="year_facts_edit"),
    path("rooms/", rooms.room_list, name="room_list"),
    path("rooms/export/", rooms.room_export, name="room_export"),
    path("rooms/new/<int:pk>/", rooms.room_new, name="room_new"),
    path("rooms/<int:pk>/", rooms.room_detail, name="room_detail"),
    path("rooms/<int:pk>/edit/", rooms.room_edit, name="room_edit"),
    path("rooms/<int:pk>/check/", rooms.room_check, name="room_check"),
    path("rooms/<int:pk>/end/", rooms.room_end, name="room_end"),
    path("rooms/<int:pk>/photos/", rooms.room_photo_add, name="room_photo_add"),
    path("rooms/photos/<int:pk>/", rooms.room_photo, name="room_photo"),
    path("rooms/photos/<int:pk>/remove/", rooms.room_photo_remove, name="room_photo_remove"),
    path("new/", members.member_new, name="member_new"),
    path("export/", exports.member_export, name="member_export"),
    path("export/full/", exports.member_export_full, name="member_export_full"),
    path("import/", MEMBER_STEPS["import"], name="member_import"),
    path("import/template/", MEMBER_STEPS["template"], name="member_import_template"),
    path("import/<uuid:token>/", MEMBER_STEPS["detail"], name="upload_detail"),
    path("import/<uuid:token>/confirm/", MEMBER_STEPS["confirm"], name="upload_confirm"),
    path("import/<uuid:token>/drop/", MEMBER_STEPS["drop"], name="upload_drop"),
    path("import/<uuid:token>/report/", MEMBER_STEPS["report"], name="upload_report"),
    path("<int:pk>/", members.member_detail, name="member_detail"),
    path("<int:pk>/edit/", members.member_edit, name="member_edit"),
    path("<int:pk>/group/", members.member_group, name="member_group"),
    path("<int:pk>/personal/", members.member_personal, name="member_personal"),
    path("<int:pk>/offices/new/", offices.office_new, name="office_new"),
    path("offices/<int:pk>/end/", offices.office_end, name="office_end"),
    path("organizations/<int:pk>/", exports.organization_roster, name="organization_roster"),
]
