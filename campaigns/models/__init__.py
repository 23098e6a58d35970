"""Rows of campaigns: from the template to the credit."""

from campaigns.models.activity import Activity, ActivityVersion, Attachment, Attendance
from campaigns.models.answer import Answer, AnswerMark, AnswerVersion
from campaigns.models.assignment import Assignment, Tally
from campaigns.models.campaign import Cadence, Campaign, Dimension, LeadingGroupSeat, Milestone, Stage, Template
from campaigns.models.cleanup import Cleanup, CleanupCheck
from campaigns.models.common_claim import CommonClaim
from campaigns.models.credit import Credit
from campaigns.models.extension import Extension
from campaigns.models.problem import Problem, ProblemEvent, ProblemPaper, Step
from campaigns.models.review import Review
from campaigns.models.snapshot import Snapshot, SnapshotPhoto
from campaigns.models.task import ChecklistItem, Target, Task

__all__ = [
    "Activity",
    "ActivityVersion",
    "Answer",
    "AnswerMark",
    "AnswerVersion",
    "Assignment",
    "Attachment",
    "Attendance",
    "Cadence",
    "Campaign",
    "ChecklistItem",
    "Cleanup",
    "CleanupCheck",
    "CommonClaim",
    "Credit",
    "Dimension",
    "Extension",
    "LeadingGroupSeat",
    "Milestone",
    "Problem",
    "ProblemEvent",
    "ProblemPaper",
    "Review",
    "Snapshot",
    "SnapshotPhoto",
    "Stage",
    "Step",
    "Tally",
    "Target",
    "Task",
    "Template",
]
