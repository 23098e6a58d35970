"""The Celery application: one static schedule, everything due is asked of the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"partybuild.settings.{os.environ.get('PROFILE', 'demo')}")

app = Celery("partybuild")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add("partybuild.lib.heartbeat:HeartbeatStep")
