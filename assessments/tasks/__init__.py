"""Tasks of this app; importing the package registers them with the worker."""

from assessments.tasks.rounds import score_round

__all__ = ["score_round"]
