"""Development that is given up before the person is taken in."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.permissions import Actor
from members.actions.development.files import end, held
from members.actions.development.steps import change_kind
from members.enums import UNDER_DEVELOPMENT, DevelopmentOutcome, MemberKind
from members.models import DevelopmentFile
from partybuild.lib import clock

CLOSABLE = (DevelopmentOutcome.STOPPED, DevelopmentOutcome.WITHDRAWN)


@transaction.atomic
def close_file(*, by: Actor, file: DevelopmentFile, outcome: str, on: date, reason: str) -> DevelopmentFile:
    """Development is stopped by the branch or the application withdrawn, before the person is taken in.

    Who is a probationary member loses that by a vote of the branch meeting (step 23) and not here.
    """
    file = held(file)
    if outcome not in CLOSABLE:
        raise ValidationError({"outcome": "请选择停止培养或者本人撤回申请。"})
    if file.member.kind not in UNDER_DEVELOPMENT:
        raise ValidationError("已接收为预备党员的，取消资格应由支部大会表决（第23步），不能直接停止。")
    if on > clock.today() or on < file.opened_on:
        raise ValidationError({"on": "日期应在申请日期之后，且不晚于今天。"})
    if not reason.strip():
        raise ValidationError({"reason": "请填写原因。"})
    change_kind(by, file, MemberKind.APPLICANT, on)
    return end(by=by, file=file, outcome=outcome, on=on, reason=reason.strip())
