"""How an assignment stands in words: how far it is, and what is still missing."""

from dataclasses import dataclass
from decimal import Decimal

from campaigns.enums import AssignmentState as State
from campaigns.enums import MeasuredBy, Sums
from campaigns.rules import metrics
from campaigns.rules.targets import PERCENT, amount_text, number_text
from partybuild.lib import periods
from partybuild.lib.periods import PeriodError, PeriodKind


@dataclass(frozen=True)
class Standing:
    """The figures of one assignment. ``answer_status`` is that of its answer, empty while there is none."""

    metric: str
    state: str
    done: Decimal
    needed: Decimal
    unit: str
    people: int | None = None
    exempt_reason: str = ""
    answer_status: str = ""

    @property
    def rule(self) -> metrics.Metric:
        return metrics.get(self.metric)

    @property
    def is_personal(self) -> bool:
        """Whether people are counted; ``people`` is how many have to reach the amount."""
        return self.people is not None

    @property
    def goal(self) -> Decimal:
        return Decimal(self.people) if self.people is not None else self.needed

    @property
    def is_by_records(self) -> bool:
        """Whether it is counted by itself, from records or registers."""
        return not self.is_answered

    @property
    def is_answered(self) -> bool:
        """Whether a checklist is to be filled in; all else is counted."""
        return self.rule.measured_by == MeasuredBy.CHECKLIST

    @property
    def is_share_of_checklist(self) -> bool:
        """Whether a checklist is carried out in part: a part of one thing is said as a share."""
        return self.is_answered and not self.is_personal and self.done % 1 != 0


def progress_text(standing: Standing) -> str:
    """3 / 4 次; 13 / 16 人; 86 % / 100 %; a dash when nothing is asked for."""
    if standing.state == State.EXEMPT or not standing.goal:
        return "—"
    if standing.is_personal:
        return f"{number_text(standing.done)} / {standing.people} 人"
    if standing.is_share_of_checklist:
        return f"清单已落实 {amount_text(standing.done / standing.goal, PERCENT)}"
    if standing.unit == PERCENT:
        return f"{amount_text(standing.done, PERCENT)} / {amount_text(standing.goal, PERCENT)}"
    return f"{number_text(standing.done)} / {amount_text(standing.goal, _unit(standing))}"


def _unit(standing: Standing) -> str:
    return "个党小组" if standing.rule.sums == Sums.GROUPS else standing.unit


def missing_text(standing: Standing) -> str:
    """What has yet to be done, in words; empty when nothing has."""
    match State(standing.state):
        case State.EXEMPT:
            return f"免报：{standing.exempt_reason}"
        case State.DONE:
            return ""
        case State.PENDING:
            return "已提交，待审核"
    if standing.is_answered and (words := _unanswered(standing)):
        return words
    if standing.done >= standing.goal > 0:
        return ""
    return _short_of(standing)


def _unanswered(standing: Standing) -> str:
    return {"": "尚未填报", "draft": "已存草稿，尚未提交", "returned": "填报已退回，待补正"}.get(
        standing.answer_status, ""
    )


def _short_of(standing: Standing) -> str:
    lacking = standing.goal - standing.done
    if standing.is_personal:
        each = amount_text(standing.needed, standing.unit)
        return (
            f"还差 {number_text(lacking)} 人"
            if standing.is_answered
            else f"还有 {number_text(lacking)} 人未达到 {each}"
        )
    if standing.is_share_of_checklist:
        return "清单尚有条目未落实"
    if standing.rule.sums == Sums.SHARE and not standing.done:
        return "尚无符合要求的会议记录"
    if standing.rule.sums == Sums.VALUE and not standing.done:
        return "台账中尚无达到要求的数据"
    if standing.rule.is_by_occasion:
        return "应办事项尚未全部办结"
    if standing.unit == PERCENT:
        return f"现为 {amount_text(standing.done, PERCENT)}，须达到 {amount_text(standing.goal, PERCENT)}"
    return f"还差 {amount_text(lacking, _unit(standing))}"


def period_text(period: str, year: int) -> str:
    """The period as it stands behind a title: 3月, 一季度; the running year and work done once need none."""
    try:
        found = periods.parse(period)
    except PeriodError:
        return ""
    if found.kind in (PeriodKind.ONCE, PeriodKind.TERM, PeriodKind.EVENT):
        return ""
    text = periods.label(found)
    return text.removeprefix(f"{year}年") if text.startswith(f"{year}年") else text


def title_text(title: str, period: str, year: int) -> str:
    """党员固定活动日（3月）; 组织生活会 when its period is the whole of this year."""
    words = period_text(period, year)
    return f"{title}（{words}）" if words else title
