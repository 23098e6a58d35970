"""Extensions and exemptions of assignments: when they may be asked for and granted. Source: X05."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from campaigns.enums import AssignmentState
from partybuild.lib.dates import day_text

LONGEST_RULE = "deadline.longest_extension_days"


class ExtensionState(TextChoices):
    """Where a request for more time stands."""

    ASKED = "asked", "待批复"
    GRANTED = "granted", "已同意"
    REFUSED = "refused", "未同意"
    TAKEN_BACK = "taken_back", "已撤回"


@dataclass(frozen=True)
class Held:
    """What of an assignment decides whether its deadline may be moved."""

    state: str
    due_on: date
    is_closed: bool


def lock_reason(held: Held) -> str:
    """Why an assignment can no longer be extended or exempted; empty when it can."""
    if held.is_closed:
        return "所在月份已经结账，结果不再变动。"
    if held.state == AssignmentState.EXEMPT:
        return "已经免报，不用再办。"
    if held.state == AssignmentState.DONE:
        return "已经完成，不用延期。"
    return ""


def date_refusal(due_on: date, wanted: date, today: date, longest_days: int) -> str:
    """Why a new due day is out of the question; empty when it is not."""
    if wanted <= due_on:
        return f"新的截止日期应晚于原定的{day_text(due_on)}。"
    if wanted < today:
        return "新的截止日期不能早于今天。"
    if wanted > due_on + timedelta(days=longest_days):
        return f"一次最多延期 {longest_days} 天，最晚到{day_text(due_on + timedelta(days=longest_days))}。"
    return ""
