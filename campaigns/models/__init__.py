"""Rows of campaigns: from the template to the credit."""

from campaigns.models.activity import Activity, ActivityVersion, Attachment, Attendance
from campaigns.models.answer import Answer, AnswerMark, AnswerVersion
from campaigns.models.assignment import Assignment, Tally
from campaigns.models.campaign import Cadence, Campaign, Dimension, LeadingGroupSeat, Milestone, Stage, Template
from campaigns.models.credit import Credit
from campaigns.models.extension import Extension
from campaigns.models.review import Review
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
    "Credit",
    "Dimension",
    "Extension",
    "LeadingGroupSeat",
    "Milestone",
    "Review",
    "Stage",
    "Tally",
    "Target",
    "Task",
    "Template",
]
