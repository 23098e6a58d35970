"""The portal: settings, routes and workers."""

from partybuild.celery import app as celery_app

__all__ = ["celery_app"]
