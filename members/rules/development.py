"""发展党员: five stages and 25 steps, which may follow which, and on which day at the earliest. Pure.

Source: 《中国共产党发展党员工作细则》; months, days and numbers come from the rule table (codes ``development.*``).
"""

import calendar
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from members.enums import NoticeKind, PersonRole
from office.rules.table import RuleTable
from partybuild.lib.dates import day_text

STAGES = ("申请入党", "入党积极分子的确定和培养", "发展对象的确定和考察", "预备党员的接收", "预备党员的教育考察和转正")


class Body(Enum):
    """Who takes a step."""

    BRANCH = "党支部"
    SUPERIOR = "上级党委"


class StepForm(Enum):
    """What the form of a step asks for besides day, people and materials."""

    PLAIN = "登记"
    PEOPLE = "指定人员"
    OBSERVED = "考察"
    DECISION = "审批"
    VOTE = "票决"
    PLACE = "编组"


@dataclass(frozen=True)
class Step:
    """One of the 25 steps: what must be done before it, by whom it is taken, in which form, with which materials.

    ``notice`` is the 公示 that must have ended before; ``people`` is what those who handled it are called.
    """

    number: int
    code: str
    label: str
    stage: int
    after: tuple[str, ...]
    by: Body = Body.BRANCH
    form: StepForm = StepForm.PLAIN
    papers: tuple[str, ...] = ()
    notice: NoticeKind | None = None
    people: str = "经办人"

    @property
    def title(self) -> str:
        return f"第{self.number}步“{self.label}”"

    @property
    def is_superior(self) -> bool:
        return self.by is Body.SUPERIOR


_SUPERIOR, _VOTE, _DECISION = Body.SUPERIOR, StepForm.VOTE, StepForm.DECISION
STEPS = (
    Step(1, "apply", "递交入党申请书", 1, (), papers=("入党申请书",), people="接收人"),
    Step(2, "talk", "党组织派人谈话", 1, ("apply",), papers=("谈话记录",), people="谈话人"),
    Step(3, "activist", "推荐和确定入党积极分子", 2, ("talk",), papers=("推优材料", "支部委员会会议记录")),
    Step(4, "activist_filed", "入党积极分子报上级党委备案", 2, ("activist",), _SUPERIOR, papers=("备案报告",)),
    Step(5, "contacts", "指定培养联系人", 2, ("activist",), form=StepForm.PEOPLE),
    Step(
        6, "training", "培养教育考察", 2, ("activist_filed", "contacts"), form=StepForm.OBSERVED,
        papers=("入党积极分子考察登记表",), people="考察人",
    ),
    Step(7, "candidate", "确定发展对象", 3, ("training",), papers=("征求意见记录", "支部委员会会议记录")),
    Step(
        8, "candidate_filed", "发展对象报上级党委备案", 3, ("candidate",), _SUPERIOR, papers=("备案报告",),
        notice=NoticeKind.CANDIDATE,
    ),
    Step(9, "introducers", "确定入党介绍人", 3, ("candidate_filed",), form=StepForm.PEOPLE),
    Step(
        10, "political_review", "进行政治审查", 3, ("candidate_filed",), papers=("政治审查报告",), people="审查人"
    ),
    Step(11, "short_training", "开展集中培训", 3, ("candidate_filed",), papers=("培训结业证明",), people="组织培训"),
    Step(
        12, "committee_review", "支部委员会审查", 4, ("introducers", "political_review", "short_training"),
        papers=("支部委员会审查意见",),
    ),
    Step(13, "pre_review", "上级党委预审", 4, ("committee_review",), _SUPERIOR, _DECISION, people="预审人"),
    Step(14, "form", "填写入党志愿书", 4, ("pre_review",), papers=("入党志愿书",), people="指导填写"),
    Step(
        15, "vote", "支部大会讨论接收", 4, ("form",), form=_VOTE, papers=("支部大会决议",),
        notice=NoticeKind.ADMISSION, people="主持人",
    ),
    Step(16, "superior_talk", "上级党委派人谈话", 4, ("vote",), _SUPERIOR, papers=("谈话意见",), people="谈话人"),
    Step(17, "approval", "上级党委审批", 4, ("superior_talk",), _SUPERIOR, _DECISION, people="审批人"),
    Step(18, "filed_up", "报再上一级备案", 4, ("approval",), _SUPERIOR),
    Step(19, "placed", "编入党支部和党小组", 5, ("approval",), form=StepForm.PLACE),
    Step(20, "oath", "入党宣誓", 5, ("placed",), people="领誓人"),
    Step(
        21, "probation", "继续教育考察", 5, ("oath",), form=StepForm.OBSERVED, papers=("预备党员考察登记表",),
        people="考察人",
    ),
    Step(22, "conversion_apply", "提出转正申请", 5, ("probation",), papers=("转正申请书",), people="接收人"),
    Step(
        23, "conversion_vote", "支部大会讨论转正", 5, ("conversion_apply",), form=_VOTE, papers=("支部大会决议",),
        notice=NoticeKind.CONVERSION, people="主持人",
    ),
    Step(24, "conversion_approval", "上级党委审批转正", 5, ("conversion_vote",), _SUPERIOR, _DECISION, people="审批人"),
    Step(25, "archived", "材料归档", 5, ("conversion_approval", "filed_up"), people="归档人"),
)  # fmt: skip
BY_CODE = {step.code: step for step in STEPS}
PERSON_STEPS = {"contacts": PersonRole.CONTACT, "introducers": PersonRole.INTRODUCER}


@dataclass(frozen=True)
class Terms:
    """The figures of the rule table that the steps ask for; months unless the name says otherwise."""

    min_age: int
    talk: int
    training: int
    review: int
    contacts: int
    introducers: int
    approval: int
    approval_max: int
    probation: int
    extension_min: int
    extension_max: int
    notice_workdays: Mapping[str, int]
    remind_days: int

    @classmethod
    def read(cls, table: RuleTable) -> "Terms":
        """The figures in force on the day of the table."""
        number = table.int
        return cls(
            min_age=number("development.min_age"),
            talk=number("development.talk_months"),
            training=number("development.training_months"),
            review=number("development.review_months"),
            contacts=number("development.contacts"),
            introducers=number("development.introducers"),
            approval=number("development.approval_months"),
            approval_max=number("development.approval_max_months"),
            probation=number("development.probation_months"),
            extension_min=number("development.extension_min_months"),
            extension_max=number("development.extension_max_months"),
            notice_workdays={kind: number(f"development.notice_{kind}_workdays") for kind in NoticeKind.values},
            remind_days=number("development.remind_days"),
        )


@dataclass(frozen=True)
class Progress:
    """How far one file is: days of the steps that are done, and what steps ask for besides."""

    done: Mapping[str, date]
    born_on: date | None = None
    extension: int = 0
    observations: tuple[date, ...] = ()
    noticed: Mapping[str, date] | None = None
    """Kind of 公示 → the last day of one that ran long enough without an open objection."""

    def probation_ends_on(self, terms: Terms) -> date | None:
        """The day on which probation is over: counted from the vote of the branch meeting, extended once."""
        voted = self.done.get("vote")
        return add_months(voted, terms.probation + self.extension) if voted else None


def add_months(day: date, months: int) -> date:
    """The same day so many months later; where that month is shorter, its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def possible(done: Collection[str]) -> list[Step]:
    """The steps that may be taken next, in their order."""
    return [step for step in STEPS if step.code not in done and all(code in done for code in step.after)]


def missing_before(step: Step, done: Collection[str]) -> list[Step]:
    """What must be done before and is not."""
    return [BY_CODE[code] for code in step.after if code not in done]


def stage_of(done: Collection[str]) -> int:
    """The stage in which the file is: that of the first step which is still to be taken."""
    return next((step.stage for step in STEPS if step.code not in done), len(STAGES))


def earliest(step: Step, progress: Progress, terms: Terms) -> tuple[date | None, str]:
    """The first day on which the step may be taken and the reason; None while what comes before is not done."""
    if missing_before(step, progress.done):
        return None, ""
    day = max((progress.done[code] for code in step.after), default=date.min)
    found, reason = _rule_day(step, progress, terms)
    return (found, reason) if found is not None and found > day else (day, "不早于上一步")


def _rule_day(step: Step, progress: Progress, terms: Terms) -> tuple[date | None, str]:
    done = progress.done
    match step.code:
        case "apply" if progress.born_on:
            return add_months(progress.born_on, terms.min_age * 12), f"应在年满{terms.min_age}岁后"
        case "training" | "candidate":
            return add_months(done["activist"], terms.training), f"应在列为积极分子满{length(terms.training)}后"
        case "conversion_vote":
            months = terms.probation + progress.extension
            return progress.probation_ends_on(terms), f"应在支部大会通过为预备党员满{length(months)}后"
    return None, ""


def deadline(step: Step, progress: Progress, terms: Terms) -> tuple[date | None, str]:
    """The last day for a step, and the rule behind it; None where no rule sets one."""
    done = progress.done
    if step.code == "talk" and "apply" in done:
        return add_months(done["apply"], terms.talk), f"收到申请后{length(terms.talk)}内"
    if step.code in ("superior_talk", "approval") and "vote" in done:
        return add_months(done["vote"], terms.approval), f"支部大会通过后{length(terms.approval)}内"
    if step.code in ("conversion_apply", "conversion_vote") and "vote" in done:
        return progress.probation_ends_on(terms), "预备期满"
    if step.code == "conversion_approval" and "conversion_vote" in done:
        return add_months(done["conversion_vote"], terms.approval), f"支部大会通过后{length(terms.approval)}内"
    return None, ""


def refusal(
    step: Step, on: date, progress: Progress, terms: Terms, *, today: date, papers: Collection[str] = ()
) -> tuple[str, str] | None:
    """Field and sentence that refuse the step on that day with these materials; None when it may be taken."""
    if step.code in progress.done:
        return "", f"{step.title}已于{day_text(progress.done[step.code])}办理。"
    if missing := missing_before(step, progress.done):
        return "", f"{step.title}应在{'、'.join(one.title for one in missing)}之后办理，请先办理前面的步骤。"
    if on > today:
        return "done_on", "日期不能晚于今天。"
    first, reason = earliest(step, progress, terms)
    if first is not None and on < first:
        return "done_on", f"{step.title}{reason}，最早{day_text(first)}。"
    return _latest(step, on, progress, terms) or _unready(step, on, progress, terms, papers)


def _latest(step: Step, on: date, progress: Progress, terms: Terms) -> tuple[str, str] | None:
    """Approval has a last day; what is late otherwise is told by 四查 and not refused."""
    if step.code == "approval" and on > (last := add_months(progress.done["vote"], terms.approval_max)):
        return "done_on", (
            f"{step.title}最长不超过支部大会通过后{length(terms.approval_max)}（{day_text(last)}），请由支部大会重新讨论。"
        )
    return None


def _unready(step: Step, on: date, progress: Progress, terms: Terms, papers: Collection[str]) -> tuple[str, str] | None:
    if step.notice and terms.notice_workdays.get(step.notice, 0):
        ended = (progress.noticed or {}).get(step.notice)
        if ended is None or ended >= on:
            days = terms.notice_workdays[step.notice]
            kind = NoticeKind(step.notice).label
            return "", f"{step.title}应在{kind}公示期满且无未处理的异议后办理，公示不少于{days}个工作日。"
    if step.form is StepForm.OBSERVED and (lack := observations_lacking(step, on, progress, terms)):
        return "", f"{step.title}每{length(terms.review)}考察一次，还缺{lack}次考察记录，请先补记。"
    if lacking := [paper for paper in step.papers if paper not in papers]:
        return "papers", f"{step.title}缺少材料：{'、'.join(lacking)}。请上传文件，或者注明纸质材料已入卷。"
    return None


def observation_span(step_code: str, progress: Progress) -> tuple[date | None, date | None]:
    """From when to when observation notes count for a step: as an activist, or on probation."""
    if step_code == "training":
        return progress.done.get("activist"), progress.done.get("training")
    return progress.done.get("vote"), progress.done.get("probation")


def observations_lacking(step: Step, on: date, progress: Progress, terms: Terms) -> int:
    """How many half-yearly notes are missing for the step."""
    since, _ = observation_span(step.code, progress)
    months = terms.training if step.code == "training" else terms.probation + progress.extension
    noted = sum(1 for day in progress.observations if since is not None and since <= day <= on)
    return max(months // terms.review - noted, 0) if terms.review else 0


def length(months: int) -> str:
    """A number of months in words: 1年, 6个月, 1年6个月 …"""
    years, rest = divmod(months, 12)
    return "".join([f"{years}年" if years else "", f"{rest}个月" if rest or not years else ""])
