"""Routes of plans, information, contacts, agreements, lists, mass organisations and calls."""

from django.urls import path

from branches.routes.uploads import upload_routes
from campaigns.views import agreements, branch_plans, calls, contacts, info_items, mass_work, work_files, work_lists
from campaigns.views.contact_imports import CONTACT_STEPS
from campaigns.views.mass_imports import MASS_STEPS
from campaigns.views.planned_imports import PLANNED_STEPS

_PLANS = [
    path("branch-plans/", branch_plans.branch_plan_list, name="branch_plan_list"),
    path("branch-plans/export/", branch_plans.branch_plan_export, name="branch_plan_export"),
    path("branch-plans/coverage/", branch_plans.branch_plan_coverage, name="branch_plan_coverage"),
    path("branch-plans/new/", branch_plans.branch_plan_new, name="branch_plan_new"),
    path("branch-plans/activities/", branch_plans.planned_list, name="planned_list"),
    path("branch-plans/activities/export/", branch_plans.planned_export, name="planned_export"),
    *upload_routes("branch-plans/activities/import/", PLANNED_STEPS),
    path("branch-plans/<int:pk>/", branch_plans.branch_plan_detail, name="branch_plan_detail"),
    path("branch-plans/<int:pk>/edit/", branch_plans.branch_plan_edit, name="branch_plan_edit"),
    path("branch-plans/<int:pk>/activities/new/", branch_plans.planned_new, name="planned_new"),
    path("branch-plans/<int:pk>/submit/", branch_plans.branch_plan_submit, name="branch_plan_submit"),
    path("branch-plans/<int:pk>/withdraw/", branch_plans.branch_plan_withdraw, name="branch_plan_withdraw"),
    path("branch-plans/<int:pk>/decide/", branch_plans.branch_plan_decide, name="branch_plan_decide"),
    path("branch-plans/activities/<int:pk>/edit/", branch_plans.planned_edit, name="planned_edit"),
    path("branch-plans/activities/<int:pk>/remove/", branch_plans.planned_remove, name="planned_remove"),
]

_INFO = [
    path("info/", info_items.info_list, name="info_list"),
    path("info/export/", info_items.info_export, name="info_export"),
    path("info/figures/", info_items.info_matrix, name="info_matrix"),
    path("info/figures/export/", info_items.info_matrix_export, name="info_matrix_export"),
    path("info/new/", info_items.info_new, name="info_new"),
    path("info/<int:pk>/", info_items.info_detail, name="info_detail"),
    path("info/<int:pk>/edit/", info_items.info_edit, name="info_edit"),
    path("info/<int:pk>/submit/", info_items.info_submit, name="info_submit"),
    path("info/<int:pk>/withdraw/", info_items.info_withdraw, name="info_withdraw"),
    path("info/<int:pk>/adopt/", info_items.info_adopt, name="info_adopt"),
    path("info/<int:pk>/decline/", info_items.info_decline, name="info_decline"),
    path("info/<int:pk>/publish/", info_items.info_publish, name="info_publish"),
    path("info/<int:pk>/take-back/", info_items.info_take_back, name="info_take_back"),
    path("experience/", info_items.experience_list, name="experience_list"),
    path("experience/<int:pk>/", info_items.experience_detail, name="experience_detail"),
]

_CONTACTS = [
    path("contacts/", contacts.contact_list, name="contact_list"),
    path("contacts/export/", contacts.contact_export, name="contact_export"),
    path("contacts/new/", contacts.contact_new, name="contact_new"),
    *upload_routes("contacts/import/", CONTACT_STEPS),
    path("contacts/<int:pk>/", contacts.contact_detail, name="contact_detail"),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact_edit"),
    path("contacts/<int:pk>/end/", contacts.contact_end, name="contact_end"),
    path("contacts/<int:pk>/papers/", contacts.contact_paper_add, name="contact_paper_add"),
    path("contacts/<int:pk>/visits/", contacts.visit_new, name="visit_new"),
    path("contacts/visits/<int:pk>/solve/", contacts.visit_solve, name="visit_solve"),
]

_AGREEMENTS = [
    path("agreements/", agreements.agreement_list, name="agreement_list"),
    path("agreements/export/", agreements.agreement_export, name="agreement_export"),
    path("agreements/coverage/", agreements.agreement_coverage, name="agreement_coverage"),
    path("agreements/coverage/export/", agreements.agreement_coverage_export, name="agreement_coverage_export"),
    path("agreements/new/", agreements.agreement_draw_up, name="agreement_draw_up"),
    path("agreements/<int:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("agreements/<int:pk>/edit/", agreements.agreement_edit, name="agreement_edit"),
    path("agreements/<int:pk>/send/", agreements.agreement_send, name="agreement_send"),
    path("agreements/<int:pk>/sign/", agreements.agreement_sign, name="agreement_sign"),
    path("agreements/<int:pk>/void/", agreements.agreement_void, name="agreement_void"),
    path("agreements/<int:pk>/scan/", agreements.agreement_scan, name="agreement_scan"),
    path("agreements/<int:pk>/paper/", agreements.agreement_paper, name="agreement_paper"),
]

_LISTS = [
    path("lists/", work_lists.worklist_list, name="worklist_list"),
    path("lists/export/", work_lists.worklist_export, name="worklist_export"),
    path("lists/new/", work_lists.worklist_new, name="worklist_new"),
    path("lists/<int:pk>/", work_lists.worklist_detail, name="worklist_detail"),
    path("lists/<int:pk>/paper/", work_lists.worklist_paper, name="worklist_paper"),
    path("lists/<int:pk>/workbook/", work_lists.worklist_workbook, name="worklist_workbook"),
    path("lists/<int:pk>/items/", work_lists.worklist_item_new, name="worklist_item_new"),
    path("lists/<int:pk>/confirm/", work_lists.worklist_confirm, name="worklist_confirm"),
    path("lists/<int:pk>/reopen/", work_lists.worklist_reopen, name="worklist_reopen"),
    path("lists/items/<int:pk>/edit/", work_lists.worklist_item_edit, name="worklist_item_edit"),
    path("lists/items/<int:pk>/remove/", work_lists.worklist_item_remove, name="worklist_item_remove"),
    path("lists/items/<int:pk>/finish/", work_lists.worklist_item_finish, name="worklist_item_finish"),
]

_MASS = [
    path("mass/", mass_work.mass_list, name="mass_list"),
    path("mass/export/", mass_work.mass_export, name="mass_export"),
    path("mass/new/", mass_work.mass_new, name="mass_new"),
    *upload_routes("mass/import/", MASS_STEPS),
    path("mass/<int:pk>/", mass_work.mass_detail, name="mass_detail"),
    path("mass/<int:pk>/edit/", mass_work.mass_edit, name="mass_edit"),
    path("mass/<int:pk>/end/", mass_work.mass_end, name="mass_end"),
    path("mass/<int:pk>/activities/", mass_work.mass_link, name="mass_link"),
    path("mass/<int:pk>/activities/<int:activity>/remove/", mass_work.mass_unlink, name="mass_unlink"),
]

_CALLS = [
    path("calls/", calls.call_list, name="call_list"),
    path("calls/new/", calls.call_new, name="call_new"),
    path("calls/<int:pk>/", calls.call_detail, name="call_detail"),
    path("calls/<int:pk>/edit/", calls.call_edit, name="call_edit"),
    path("calls/<int:pk>/publish/", calls.call_publish, name="call_publish"),
    path("calls/<int:pk>/close/", calls.call_close, name="call_close"),
    path("calls/<int:pk>/select/", calls.call_select, name="call_select"),
    path("calls/<int:pk>/show/", calls.call_show, name="call_show"),
    path("calls/<int:pk>/export/", calls.piece_export, name="piece_export"),
    path("calls/<int:pk>/pieces/new/", calls.piece_new, name="piece_new"),
    path("calls/pieces/<int:pk>/", calls.piece_detail, name="piece_detail"),
]

ROUTES = [
    *_PLANS,
    *_INFO,
    *_CONTACTS,
    *_AGREEMENTS,
    *_LISTS,
    *_MASS,
    *_CALLS,
    path("work-files/<int:pk>/", work_files.work_file, name="work_file"),
    path("work-files/<int:pk>/remove/", work_files.work_file_remove, name="work_file_remove"),
]
