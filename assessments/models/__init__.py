"""Rows of assessment."""

from assessments.models.round import Result, Round, StageScore, Submission
from assessments.models.scheme import Indicator, Scheme

__all__ = ["Indicator", "Result", "Round", "Scheme", "StageScore", "Submission"]
