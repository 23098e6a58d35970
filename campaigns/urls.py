"""Routes of the app, by noun."""

from django.urls import path

from campaigns.views import assignments, campaigns, tasks

app_name = "campaigns"

CAMPAIGNS = [
    path("", campaigns.campaign_list, name="campaign_list"),
    path("new/", campaigns.campaign_create, name="campaign_create"),
    path("<int:pk>/", campaigns.campaign_detail, name="campaign_detail"),
    path("<int:pk>/publish/", campaigns.campaign_publish, name="campaign_publish"),
    path("<int:pk>/review/", campaigns.campaign_review, name="campaign_review"),
    path("<int:pk>/close/", campaigns.campaign_close, name="campaign_close"),
    path("<int:pk>/delete/", campaigns.campaign_delete, name="campaign_delete"),
]

TASKS = [
    path("tasks/<int:pk>/", tasks.task_detail, name="task_detail"),
]

ASSIGNMENTS = [
    path("assignments/", assignments.assignment_list, name="assignment_list"),
    path("assignments/export/", assignments.assignment_export, name="assignment_export"),
    path("assignments/<int:pk>/", assignments.assignment_detail, name="assignment_detail"),
]

urlpatterns = [*CAMPAIGNS, *TASKS, *ASSIGNMENTS]
