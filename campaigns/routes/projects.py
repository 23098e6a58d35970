"""Routes of topics, projects and the files with notes."""

from django.urls import path

from campaigns.views import projects

ROUTES = [
    path("projects/", projects.project_list, name="project_list"),
    path("projects/export/", projects.project_export, name="project_export"),
    path("projects/new/", projects.project_new, name="project_new"),
    path("projects/<int:pk>/", projects.project_detail, name="project_detail"),
    path("projects/<int:pk>/edit/", projects.project_edit, name="project_edit"),
    path("projects/<int:pk>/act/<slug:verb>/", projects.project_act, name="project_act"),
    path("topics/", projects.topic_list, name="topic_list"),
    path("topics/export/", projects.topic_export, name="topic_export"),
    path("topics/new/", projects.topic_new, name="topic_new"),
    path("topics/<int:pk>/", projects.topic_detail, name="topic_detail"),
    path("topics/<int:pk>/close/", projects.topic_close, name="topic_close"),
    path("notes/files/<int:pk>/", projects.note_file, name="note_file"),
]
