"""Rows of the roster."""

from members.models.care import CareCase, CareVisit
from members.models.change import MemberChange
from members.models.custodian import Custodian
from members.models.dues import DuesBase, DuesEntry, DuesLine, DuesMonth, DuesUse
from members.models.duty import Duty, DutyProof, Occasion
from members.models.member import Member, Membership
from members.models.office import Office
from members.models.party_worker import PartyWorker
from members.models.restricted import RecordPaper, RestrictedRecord
from members.models.room import Room, RoomPhoto
from members.models.standing import Standing
from members.models.structure import StructureApproval, StructureTask
from members.models.term import Term, TermExtension
from members.models.transfer import Transfer
from members.models.year_facts import YearFacts

__all__ = [
    "CareCase",
    "CareVisit",
    "Custodian",
    "DuesBase",
    "DuesEntry",
    "DuesLine",
    "DuesMonth",
    "DuesUse",
    "Duty",
    "DutyProof",
    "Member",
    "MemberChange",
    "Membership",
    "Occasion",
    "Office",
    "PartyWorker",
    "RecordPaper",
    "RestrictedRecord",
    "Room",
    "RoomPhoto",
    "Standing",
    "StructureApproval",
    "StructureTask",
    "Term",
    "TermExtension",
    "Transfer",
    "YearFacts",
]
