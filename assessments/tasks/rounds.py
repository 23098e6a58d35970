"""Scoring in the background."""

from celery import shared_task

from assessments.actions.rounds import rescore
from assessments.enums import RoundStatus, TaskName
from assessments.models import Round
from branches.permissions import Actor


@shared_task(name=TaskName.SCORE_ROUND.value, acks_late=True, max_retries=3)
def score_round(round_id: int) -> int:
    """Compute a round anew unless it is published meanwhile; how many rows of points changed."""
    round_ = Round.objects.exclude(status=RoundStatus.PUBLISHED).filter(pk=round_id).first()
    return 0 if round_ is None else rescore(by=Actor.system(), round_=round_)
