"""Rows of assessment."""

from assessments.models.round import Result, Round
from assessments.models.scheme import Indicator, Scheme
from assessments.models.sheet import StageScore, Submission

__all__ = ["Indicator", "Result", "Round", "Scheme", "StageScore", "Submission"]
