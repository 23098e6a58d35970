"""Rows of the roster."""

from members.models.care import CareCase, CareVisit
from members.models.change import MemberChange
from members.models.correction import Correction
from members.models.custodian import Custodian
from members.models.delegate import Delegate
from members.models.development import DevelopmentFile, DevelopmentPerson, DevelopmentQuota, DevelopmentStep
from members.models.development_records import BranchVote, DevelopmentPaper, Observation, PreReview, PublicNotice
from members.models.dues import DuesBase, DuesEntry, DuesLine, DuesMonth, DuesUse, DuesUseProof
from members.models.duty import Duty, DutyProof, Occasion
from members.models.matter import Matter, MatterPaper
from members.models.member import Member, Membership
from members.models.office import Office
from members.models.opinion import OpinionRequest
from members.models.party_worker import PartyWorker
from members.models.restricted import RecordPaper, RestrictedRecord
from members.models.risk import RiskPoint, RiskReview
from members.models.room import Room, RoomPhoto
from members.models.search_note import SearchNote
from members.models.standard import StandardItem, StandardProof, StandardSheet
from members.models.standing import Standing
from members.models.structure import StructureApproval, StructureTask
from members.models.suggestion import Suggestion
from members.models.term import Term, TermExtension
from members.models.transfer import Transfer
from members.models.weak_branch import PlanStep, WeakBranch
from members.models.year_facts import YearFacts

__all__ = [
    "BranchVote",
    "CareCase",
    "CareVisit",
    "Correction",
    "Custodian",
    "Delegate",
    "DevelopmentFile",
    "DevelopmentPaper",
    "DevelopmentPerson",
    "DevelopmentQuota",
    "DevelopmentStep",
    "DuesBase",
    "DuesEntry",
    "DuesLine",
    "DuesMonth",
    "DuesUse",
    "DuesUseProof",
    "Duty",
    "DutyProof",
    "Matter",
    "MatterPaper",
    "Member",
    "MemberChange",
    "Membership",
    "Observation",
    "Occasion",
    "Office",
    "OpinionRequest",
    "PartyWorker",
    "PlanStep",
    "PreReview",
    "PublicNotice",
    "RecordPaper",
    "RestrictedRecord",
    "RiskPoint",
    "RiskReview",
    "Room",
    "RoomPhoto",
    "SearchNote",
    "StandardItem",
    "StandardProof",
    "StandardSheet",
    "Standing",
    "StructureApproval",
    "StructureTask",
    "Suggestion",
    "Term",
    "TermExtension",
    "Transfer",
    "WeakBranch",
    "YearFacts",
]
