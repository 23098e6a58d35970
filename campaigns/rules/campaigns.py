"""The life of a campaign: one table of transitions. Source: model.md, ``Campaign``."""

from django.db.models import TextChoices

from branches.enums import OrganizationKind
from campaigns.enums import CampaignStatus as Status


class Verb(TextChoices):
    """What somebody does to a campaign; the words are those of the buttons and of the audit trail."""

    SET_REVIEW = "set_review", "调整审核方式"
    PUBLISH = "publish", "发布"
    CLOSE = "close", "结束"
    ARCHIVE = "archive", "归档"
    DELETE = "delete", "删除草稿"


class CampaignError(Exception):
    """A step that the campaign's state or a rule refuses; the text is what the screen says."""


class UnknownCampaignError(CampaignError):
    """There is no campaign of that code, or more than one."""


TRANSITIONS: dict[tuple[Status, Verb], Status | None] = {
    (Status.DRAFT, Verb.SET_REVIEW): Status.DRAFT,
    (Status.DRAFT, Verb.PUBLISH): Status.PUBLISHED,
    (Status.DRAFT, Verb.DELETE): None,
    (Status.PUBLISHED, Verb.CLOSE): Status.CLOSED,
    (Status.CLOSED, Verb.ARCHIVE): Status.ARCHIVED,
}
"""Status and verb → next status, None when the campaign is gone. What is not here is refused, by every way in."""

RUNNING_STATUSES = frozenset({Status.DRAFT, Status.PUBLISHED})
"""A campaign may still be changed."""

ISSUERS = frozenset({OrganizationKind.WORK_COMMITTEE, OrganizationKind.COMMITTEE, OrganizationKind.LEADING_GROUP})
"""Kinds of organisation that may carry out a campaign in their subtree."""

YEARS = range(2000, 2100)
"""Years in which a campaign may be carried out."""


def can(status: str, verb: Verb) -> bool:
    """Whether the table allows the verb in this status."""
    return (Status(status), verb) in TRANSITIONS


def check(status: str, verb: Verb) -> None:
    """``CampaignError`` when the table does not allow the verb in this status."""
    if not can(status, verb):
        raise CampaignError(f"该活动现在是“{Status(status).label}”状态，不能{verb.label}。请刷新页面后核对。")


def next_status(status: str, verb: Verb) -> Status:
    """The status after the verb; the campaign keeps its own when it is gone after it."""
    check(status, verb)
    return TRANSITIONS[Status(status), verb] or Status(status)


def year_of_code(code: str) -> tuple[str, int | None]:
    """``SX-2026`` as its code and year; ``SX`` has none."""
    base, _, year = code.strip().upper().partition("-")
    return base, int(year) if year.isdecimal() and len(year) == 4 else None
