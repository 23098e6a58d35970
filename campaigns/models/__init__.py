"""Rows of campaigns: from the template to the credit."""

from campaigns.models.activity import Activity, ActivityVersion, Attachment, Attendance
from campaigns.models.agreement import Agreement
from campaigns.models.answer import Answer, AnswerMark, AnswerVersion
from campaigns.models.assignment import Assignment, Tally
from campaigns.models.branch_plan import BranchPlan, PlanItem
from campaigns.models.campaign import Cadence, Campaign, Dimension, LeadingGroupSeat, Milestone, Stage, Template
from campaigns.models.claim import Claim, ClaimTask
from campaigns.models.cleanup import Cleanup, CleanupCheck
from campaigns.models.common_claim import CommonClaim
from campaigns.models.contact import Contact, ContactVisit
from campaigns.models.contest import Application, Award, Contest, Criterion, CriterionAnswer
from campaigns.models.credit import Credit
from campaigns.models.entry import Entry, EntryFile
from campaigns.models.extension import Extension
from campaigns.models.fact_mark import FactMark
from campaigns.models.feedback import Feedback
from campaigns.models.fingerprint import Fingerprint
from campaigns.models.info_item import InfoItem
from campaigns.models.mass_work import Call, MassOrganization, Piece
from campaigns.models.need import Need
from campaigns.models.plan_draft import PlanDraft
from campaigns.models.pledge import Pledge
from campaigns.models.problem import Problem, ProblemEvent, ProblemPaper, Step
from campaigns.models.project import Project, Topic
from campaigns.models.review import Review
from campaigns.models.snapshot import Snapshot, SnapshotPhoto
from campaigns.models.task import ChecklistItem, Target, Task
from campaigns.models.work_file import WorkFile
from campaigns.models.work_list import WorkList, WorkListItem
from campaigns.models.work_note import NoteFile, WorkNote

__all__ = [
    "Activity",
    "ActivityVersion",
    "Agreement",
    "Answer",
    "AnswerMark",
    "AnswerVersion",
    "Application",
    "Assignment",
    "Attachment",
    "Attendance",
    "Award",
    "BranchPlan",
    "Cadence",
    "Call",
    "Campaign",
    "ChecklistItem",
    "Claim",
    "ClaimTask",
    "Cleanup",
    "CleanupCheck",
    "CommonClaim",
    "Contact",
    "ContactVisit",
    "Contest",
    "Credit",
    "Criterion",
    "CriterionAnswer",
    "Dimension",
    "Entry",
    "EntryFile",
    "Extension",
    "FactMark",
    "Feedback",
    "Fingerprint",
    "InfoItem",
    "LeadingGroupSeat",
    "MassOrganization",
    "Milestone",
    "Need",
    "NoteFile",
    "Piece",
    "PlanDraft",
    "PlanItem",
    "Pledge",
    "Problem",
    "ProblemEvent",
    "ProblemPaper",
    "Project",
    "Review",
    "Snapshot",
    "SnapshotPhoto",
    "Stage",
    "Step",
    "Tally",
    "Target",
    "Task",
    "Template",
    "Topic",
    "WorkFile",
    "WorkList",
    "WorkListItem",
    "WorkNote",
]
