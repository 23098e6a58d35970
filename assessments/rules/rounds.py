"""The life of a round and of a score sheet: who may do what in which stage. Source: SX 三（三）, A02. Pure.

支部自查自验 → 上级党委（党组）集中验收 → 综合评估.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from assessments.enums import RoundStatus, SheetState, StageName
from branches.permissions import Permission
from partybuild.lib import periods


class RoundVerb(TextChoices):
    """What somebody does to a round; the words are those of the buttons and of the audit trail."""

    RESCORE = "rescore", "重新计分"
    ADVANCE = "advance", "进入下一阶段"
    PUBLISH = "publish", "公布结果"


class SheetVerb(TextChoices):
    """What somebody does to a score sheet."""

    SAVE = "save", "保存"
    HAND_IN = "hand_in", "提交"
    TAKE_BACK = "take_back", "撤回"


_S, _V, _H = RoundStatus, RoundVerb, SheetVerb

ROUND_TRANSITIONS: dict[tuple[RoundStatus, RoundVerb], RoundStatus] = {
    (_S.SELF_CHECK, _V.RESCORE): _S.SELF_CHECK,
    (_S.CHECK, _V.RESCORE): _S.CHECK,
    (_S.FINAL, _V.RESCORE): _S.FINAL,
    (_S.SELF_CHECK, _V.ADVANCE): _S.CHECK,
    (_S.CHECK, _V.ADVANCE): _S.FINAL,
    (_S.FINAL, _V.PUBLISH): _S.PUBLISHED,
}
"""Stage and verb → next stage. What is not here is refused, by every way in."""

SHEET_TRANSITIONS: dict[tuple[RoundStatus, SheetState, SheetVerb], SheetState] = {
    (_S.SELF_CHECK, SheetState.OPEN, _H.SAVE): SheetState.OPEN,
    (_S.SELF_CHECK, SheetState.OPEN, _H.HAND_IN): SheetState.HANDED_IN,
    (_S.SELF_CHECK, SheetState.HANDED_IN, _H.TAKE_BACK): SheetState.OPEN,
    (_S.CHECK, SheetState.OPEN, _H.SAVE): SheetState.OPEN,
    (_S.CHECK, SheetState.OPEN, _H.HAND_IN): SheetState.HANDED_IN,
    (_S.CHECK, SheetState.HANDED_IN, _H.TAKE_BACK): SheetState.OPEN,
    (_S.FINAL, SheetState.OPEN, _H.SAVE): SheetState.OPEN,
}
"""Stage of the round, state of the sheet in it, and verb → next state. The last stage ends for all at publishing."""

STAGE_RIGHTS: dict[RoundStatus, Permission] = {
    RoundStatus.SELF_CHECK: Permission.SELF_CHECK,
    RoundStatus.CHECK: Permission.SCORE,
    RoundStatus.FINAL: Permission.MANAGE_ROUND,
}
"""The right that a stage asks for: at the organisation itself, in the last stage at the round's issuer."""

ORDER = (StageName.SELF_CHECK, StageName.CHECK, StageName.FINAL)
OWN_SHEET = "您在该党组织任职或是其党员，不能为本组织评分。"


def can(status: str, verb: RoundVerb) -> bool:
    """Whether the table allows the verb to a round in this stage."""
    return (RoundStatus(status), verb) in ROUND_TRANSITIONS


def refusal(status: str, verb: RoundVerb) -> str:
    """Why the verb is not allowed; empty when it is."""
    if can(status, verb):
        return ""
    if status == RoundStatus.PUBLISHED:
        return "评估结果已公布，不能再改动。"
    return f"评估现在处于“{RoundStatus(status).label}”阶段，不能{verb.label}。请刷新页面后核对。"


def sheet_verbs(status: str, state: str) -> frozenset[SheetVerb]:
    """What the table allows to a sheet in this state, in this stage of its round."""
    here = (RoundStatus(status), SheetState(state))
    return frozenset(verb for verb in SheetVerb if (*here, verb) in SHEET_TRANSITIONS)


def sheet_refusal(status: str, state: str, verb: SheetVerb) -> str:
    """Why the verb is not allowed; empty when it is."""
    if verb in sheet_verbs(status, state):
        return ""
    if status == RoundStatus.PUBLISHED:
        return "评估结果已公布，评分表不能再改动。"
    if state == SheetState.HANDED_IN:
        return "评分表已提交，不能再改动。如需修改，请先撤回。"
    return f"评估现在处于“{RoundStatus(status).label}”阶段，不能{verb.label}。请刷新页面后核对。"


def stage_of(status: str) -> StageName:
    """The stage at which points stand; of a published round the last one."""
    return StageName.FINAL if status == RoundStatus.PUBLISHED else StageName(status)


def stage_before(stage: StageName) -> StageName | None:
    """The stage from which this one starts."""
    place = ORDER.index(stage)
    return ORDER[place - 1] if place else None


@dataclass(frozen=True)
class Viewer:
    """How somebody stands to a sheet: checks it, manages its round, or only reads it."""

    can_score: bool = False
    can_manage: bool = False


def shown_stages(status: str, is_checked: bool, viewer: Viewer) -> list[StageName]:
    """The stages whose points a viewer sees. What is being weighed is seen by those who weigh it, until it is fixed."""
    shown = [StageName.SELF_CHECK]
    past_check = status in (RoundStatus.FINAL, RoundStatus.PUBLISHED)
    if past_check or (status == RoundStatus.CHECK and (is_checked or viewer.can_score or viewer.can_manage)):
        shown.append(StageName.CHECK)
    if status == RoundStatus.PUBLISHED or (status == RoundStatus.FINAL and viewer.can_manage):
        shown.append(StageName.FINAL)
    return shown


@dataclass(frozen=True)
class StageDays:
    """From when the self-check is open, and until when each stage lasts."""

    opens_on: date
    self_check_by: date
    check_by: date
    final_by: date


def stage_days(final_by: date, opens_on: date, is_workday: Callable[[date], bool]) -> StageDays:
    """Proposed days: the check ends five working days before the last day, the self-check ten.

    Opened later than that, the stages end with the day of opening; after the last day all of them do.
    """
    final_by = max(final_by, opens_on)
    check_by = max(periods.add_workdays(final_by, -5, is_workday), opens_on)
    self_check_by = max(periods.add_workdays(final_by, -10, is_workday), opens_on)
    return StageDays(opens_on, self_check_by, check_by, final_by)
