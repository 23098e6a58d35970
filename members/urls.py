"""Routes of the app."""

from django.urls import path

from members.views import exports, members, offices, registers
from members.views.imports import MEMBER_STEPS

app_name = "members"

urlpatterns = [
    path("", members.member_list, name="member_list"),
    path("registers/", registers.register_list, name="register_list"),
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
