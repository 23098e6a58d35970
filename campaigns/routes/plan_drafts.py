"""Routes of plan drafts."""

from django.urls import path

from campaigns.views import plan_drafts, plan_items, plan_sources

ROUTES = [
    path("plans/", plan_drafts.plan_draft_list, name="plan_draft_list"),
    path("plans/new/", plan_drafts.plan_draft_new, name="plan_draft_new"),
    path("plans/blank/", plan_sources.plan_draft_blank, name="plan_draft_blank"),
    path("plans/excel/", plan_sources.plan_draft_sheet, name="plan_draft_sheet"),
    path("plans/excel/template/", plan_sources.plan_draft_template, name="plan_draft_template"),
    path("plans/<int:pk>/", plan_drafts.plan_draft_detail, name="plan_draft_detail"),
    path("plans/<int:pk>/publish/", plan_drafts.plan_draft_publish, name="plan_draft_publish"),
    path("plans/<int:pk>/drop/", plan_drafts.plan_draft_drop, name="plan_draft_drop"),
    path("plans/<int:pk>/take-up/", plan_drafts.plan_draft_take_up, name="plan_draft_take_up"),
    path("plans/<int:pk>/file/", plan_drafts.plan_draft_file, name="plan_draft_file"),
    path("plans/<int:pk>/add/<slug:kind>/", plan_items.plan_item_add, name="plan_item_add"),
    path("plans/<int:pk>/add/<slug:kind>/<int:parent>/", plan_items.plan_item_add, name="plan_item_add_under"),
    path("plans/<int:pk>/items/<int:item>/", plan_items.plan_item_edit, name="plan_item_edit"),
    path("plans/<int:pk>/items/<int:item>/confirm/", plan_items.plan_item_confirm, name="plan_item_confirm"),
    path("plans/<int:pk>/items/<int:item>/drop/", plan_items.plan_item_drop, name="plan_item_drop"),
    path("plans/<int:pk>/items/<int:item>/restore/", plan_items.plan_item_restore, name="plan_item_restore"),
    path("plans/<int:pk>/items/<int:item>/split/", plan_items.plan_item_split, name="plan_item_split"),
    path("plans/<int:pk>/items/<int:item>/merge/", plan_items.plan_item_merge, name="plan_item_merge"),
    path("<int:pk>/copy/", plan_sources.campaign_copy, name="campaign_copy"),
]
