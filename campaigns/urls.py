"""Routes of the app, by noun."""

from django.urls import path

from branches.routes.uploads import upload_routes
from campaigns.routes import amendments as amendment_routes
from campaigns.routes import claims as claim_routes
from campaigns.routes import contests as contest_routes
from campaigns.routes import entries as entry_routes
from campaigns.routes import extensions as extension_routes
from campaigns.routes import feedback as feedback_routes
from campaigns.routes import leading_groups as leading_group_routes
from campaigns.routes import needs as need_routes
from campaigns.routes import plan_drafts as plan_draft_routes
from campaigns.routes import plans_and_links
from campaigns.routes import pledges as pledge_routes
from campaigns.routes import problems as problem_routes
from campaigns.routes import projects as project_routes
from campaigns.routes import sit_ins as sit_in_routes
from campaigns.views import (
    activities,
    activity_form,
    answers,
    assignments,
    attachments,
    campaigns,
    milestones,
    reviews,
    tasks,
    works,
)
from campaigns.views.activity_imports import ACTIVITY_STEPS

app_name = "campaigns"

CAMPAIGNS = [
    path("", campaigns.campaign_list, name="campaign_list"),
    path("new/", campaigns.campaign_create, name="campaign_create"),
    path("<int:pk>/", campaigns.campaign_detail, name="campaign_detail"),
    path("<int:pk>/publish/", campaigns.campaign_publish, name="campaign_publish"),
    path("<int:pk>/review/", campaigns.campaign_review, name="campaign_review"),
    path("<int:pk>/close/", campaigns.campaign_close, name="campaign_close"),
    path("<int:pk>/archive/", campaigns.campaign_archive, name="campaign_archive"),
    path("<int:pk>/delete/", campaigns.campaign_delete, name="campaign_delete"),
    path("milestones/<int:pk>/", milestones.milestone_edit, name="milestone_edit"),
]

TASKS = [
    path("tasks/<int:pk>/", tasks.task_detail, name="task_detail"),
]

ASSIGNMENTS = [
    path("assignments/", assignments.assignment_list, name="assignment_list"),
    path("assignments/export/", assignments.assignment_export, name="assignment_export"),
    path("assignments/<int:pk>/", assignments.assignment_detail, name="assignment_detail"),
]

ACTIVITIES = [
    path("activities/", activities.activity_list, name="activity_list"),
    path("activities/export/", activities.activity_export, name="activity_export"),
    path("activities/new/", activity_form.activity_create, name="activity_create"),
    *upload_routes("activities/import/", ACTIVITY_STEPS),
    path("activities/<int:pk>/", activities.activity_detail, name="activity_detail"),
    path("activities/<int:pk>/edit/", activity_form.activity_edit, name="activity_edit"),
    path("activities/<int:pk>/withdraw/", activities.activity_withdraw, name="activity_withdraw"),
    path("activities/<int:pk>/amend/", activities.activity_amend, name="activity_amend"),
    path("activities/<int:pk>/void/", activities.activity_void, name="activity_void"),
    path("activities/<int:pk>/discard/", activities.activity_discard, name="activity_discard"),
    path("activities/<int:pk>/files/", attachments.attachment_add, name="attachment_add"),
]

REVIEWS = [
    path("review/", reviews.review_desk, name="review_desk"),
    path("review/bulk/", reviews.review_bulk, name="review_bulk"),
    path("review/activities/<int:pk>/", reviews.review_activity, name="review_activity"),
    path("review/answers/<int:pk>/", reviews.review_answer, name="review_answer"),
]

ANSWERS = [
    path("assignments/<int:pk>/answer/", answers.assignment_answer, name="assignment_answer"),
    path("assignments/<int:pk>/answer/withdraw/", answers.answer_withdraw, name="answer_withdraw"),
    path("assignments/<int:pk>/answer/amend/", answers.answer_amend, name="answer_amend"),
    path("assignments/<int:pk>/answer/drop/", answers.answer_drop, name="answer_drop"),
    path("assignments/<int:pk>/answer/files/", attachments.answer_attachment_add, name="answer_attachment_add"),
]

ATTACHMENTS = [
    path("attachments/<int:pk>/", attachments.attachment, name="attachment"),
    path("attachments/<int:pk>/thumbnail/", attachments.attachment_thumbnail, name="attachment_thumbnail"),
    path("attachments/<int:pk>/remove/", attachments.attachment_remove, name="attachment_remove"),
]

WORKS = [
    path("works/", works.work_list, name="work_list"),
]

urlpatterns = [
    *amendment_routes.ROUTES,
    *claim_routes.ROUTES,
    *contest_routes.ROUTES,
    *entry_routes.ROUTES,
    *extension_routes.ROUTES,
    *feedback_routes.ROUTES,
    *leading_group_routes.ROUTES,
    *need_routes.ROUTES,
    *pledge_routes.ROUTES,
    *project_routes.ROUTES,
    *sit_in_routes.ROUTES,
    *plan_draft_routes.ROUTES,
    *plans_and_links.ROUTES,
    *problem_routes.ROUTES,
    *WORKS,
    *CAMPAIGNS,
    *TASKS,
    *ASSIGNMENTS,
    *ACTIVITIES,
    *ANSWERS,
    *REVIEWS,
    *ATTACHMENTS,
]
