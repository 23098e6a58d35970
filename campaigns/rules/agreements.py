"""The yearly agreement between superior and subordinate (党建目标责任书): states, sides, text. TJ 三（一）; C08."""

from collections.abc import Iterable

from django.db.models import TextChoices

from branches.enums import Role
from campaigns.rules.works import table


class AgreementState(TextChoices):
    DRAFT = "draft", "草稿"
    SENT = "sent", "待签订"
    SIGNED = "signed", "已签订"
    VOID = "void", "已作废"


class Side(TextChoices):
    SUPERIOR = "superior", "上级党组织"
    OWN = "own", "责任单位"


AGREEMENT_STATES = table(
    change=((AgreementState.DRAFT,), AgreementState.DRAFT),
    send=((AgreementState.DRAFT,), AgreementState.SENT),
    sign=((AgreementState.SENT,), AgreementState.SENT),
    void=((AgreementState.DRAFT, AgreementState.SENT, AgreementState.SIGNED), AgreementState.VOID),
)
_SIGNERS = {Side.SUPERIOR: (Role.STAFF, Role.LEADER, Role.SECRETARY), Side.OWN: (Role.SECRETARY, Role.LEADER)}


def side_of(role: str | None, at: int | None, superior: int, organization: int) -> Side | None:
    """For which side a person may sign, by his role and the organisation of his post."""
    side = {superior: Side.SUPERIOR, organization: Side.OWN}.get(at or 0)
    return side if side and role in _SIGNERS[side] else None


def proposed_text(year: int, superior: str, organization: str, demands: Iterable[str]) -> str:
    """The words from which an agreement starts; the superior changes them before it is sent."""
    lines = [
        f"为落实全面从严治党责任，推动{year}年度机关党建工作任务落实，{superior}与{organization}签订本责任书。",
        "一、责任目标",
        f"{organization}党组织对本单位党建工作负主体责任，书记履行第一责任人职责，班子成员履行“一岗双责”。",
        "二、年度任务",
        *([f"（{number}）{text}。" for number, text in enumerate(demands, 1)] or ["（1）完成上级下达的年度党建任务。"]),
        "三、检查考核",
        f"{superior}对落实情况进行日常调度和年度考核，考核结果作为评先评优的依据。",
        "四、本责任书一式两份，双方各执一份，自签订之日起生效。",
    ]
    return "\n".join(lines)
