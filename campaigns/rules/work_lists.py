"""Lists of projects, duties and assessment: kinds and what they are made from. Sources: TS, MF, WX; C06. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from campaigns.enums import Subject
from campaigns.rules.works import table


class WorkListKind(TextChoices):
    PROJECT = "project", "项目清单"
    DUTY = "duty", "责任清单"
    ASSESSMENT = "assessment", "考评清单"
    SECRETARY = "secretary", "书记抓党建项目清单"
    KEY_TASK = "key_task", "重点任务项目清单"
    MAIN_DUTY = "main_duty", "主体责任清单"
    LEADER = "leader", "领导责任清单"
    THREE_CLEAR = "three_clear", "三清责任清单"


class WorkListState(TextChoices):
    DRAFT = "draft", "草稿"
    CONFIRMED = "confirmed", "已确认"


SOURCES = {
    WorkListKind.PROJECT: "TS", WorkListKind.DUTY: "TS", WorkListKind.ASSESSMENT: "TS",
    WorkListKind.SECRETARY: "MF", WorkListKind.KEY_TASK: "MF", WorkListKind.MAIN_DUTY: "MF",
    WorkListKind.LEADER: "WX", WorkListKind.THREE_CLEAR: "WX",
}  # fmt: skip
OF_ONE_PERSON = (WorkListKind.SECRETARY, WorkListKind.LEADER)
LIST_STATES = table(
    change=((WorkListState.DRAFT,), WorkListState.DRAFT),
    confirm=((WorkListState.DRAFT,), WorkListState.CONFIRMED),
    reopen=((WorkListState.CONFIRMED,), WorkListState.DRAFT),
)


@dataclass(frozen=True)
class Due:
    """One target that is due from the organisation this year: its words, its figure, its last day, who is asked."""

    target_id: int
    task: str
    wording: str
    demand: str
    amount: str
    due_on: date
    subject: str
    is_key: bool = False


@dataclass(frozen=True)
class Holder:
    """Somebody of the committee or the leading group."""

    member_id: int
    post: str
    is_secretary: bool = False


@dataclass(frozen=True)
class Line:
    """A line as it is proposed."""

    what: str
    standard: str
    due_on: date
    target_id: int
    member_id: int | None = None
    post: str = ""


def proposed(kind: str, dues: Iterable[Due], holders: Iterable[Holder], leader: int | None = None) -> list[Line]:
    """The lines of a list of this kind, from what is due and who holds which office, in order of the last day.

    A person's list holds what is asked of persons and, for the secretary, of the organisation; the others name the
    secretary for what is asked of him or of the organisation, and leave the rest to be divided.
    """
    people = list(holders)
    secretary = next((one for one in people if one.is_secretary), None)
    named = next((one for one in people if one.member_id == leader), None)
    return [
        _line(kind, due, secretary, named)
        for due in sorted(dues, key=lambda one: (one.due_on, one.target_id))
        if _belongs(kind, due, named)
    ]


def _belongs(kind: str, due: Due, named: Holder | None) -> bool:
    if kind == WorkListKind.KEY_TASK:
        return due.is_key
    if kind == WorkListKind.LEADER:
        return due.subject == Subject.LEADER or bool(named and named.is_secretary)
    if kind in (WorkListKind.SECRETARY, WorkListKind.MAIN_DUTY):
        return due.subject in (Subject.ORGANIZATION, Subject.SECRETARY)
    return True


def _line(kind: str, due: Due, secretary: Holder | None, named: Holder | None) -> Line:
    standard = due.amount if kind == WorkListKind.ASSESSMENT else due.demand
    holder = named if kind in OF_ONE_PERSON else _holder(due, secretary)
    return Line(
        due.task, standard, due.due_on, due.target_id, holder.member_id if holder else None,
        holder.post if holder else _post(due),
    )  # fmt: skip


def _holder(due: Due, secretary: Holder | None) -> Holder | None:
    return secretary if due.subject in (Subject.ORGANIZATION, Subject.SECRETARY) else None


def _post(due: Due) -> str:
    return {Subject.LEADER.value: "班子成员", Subject.MEMBER.value: "全体党员"}.get(due.subject, "党组织书记")
