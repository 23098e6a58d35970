"""Work for Celery, queued by name after the commit, so that actions never import tasks."""

import logging

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)


def after_commit(name: str, *args: object) -> None:
    """Queue the task of that name with these arguments once the transaction is committed.

    Each app keeps the names of its tasks in a ``StrEnum`` of its own. The database is the truth: when the broker is
    away the request still succeeds, the failure is logged, and the next tick finds the work that is due.
    """
    transaction.on_commit(lambda: send(str(name), *args), robust=True)


def send(name: str, *args: object) -> bool:
    """Queue the task at once; False when the broker could not be reached.

    How long that takes is said by ``max_retries`` in Celery's ``broker_transport_options``: left unset, each call
    waits six seconds for a broker that is down.
    """
    try:
        current_app.send_task(name, args=args, retry=False)
    except Exception:  # whatever the broker's client raises, the request that asked must not fail for it
        logger.exception("task %s could not be queued", name)
        return False
    return True
