"""Files of development in every stage, as lawful as most branches keep them; one in some years has its faults."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from branches.permissions import Actor
from branches.rules.names import initials
from desk.actions.demo.tree import Tree, Unit
from desk.rules.demo import names
from members.actions.development.files import settle
from members.actions.development.quotas import set_quota
from members.enums import MemberKind, NoticeKind, PersonRole, Resolution
from members.models import (
    BranchVote,
    DevelopmentFile,
    DevelopmentPaper,
    DevelopmentPerson,
    DevelopmentStep,
    Member,
    Observation,
    PreReview,
    PublicNotice,
)
from members.rules.development import BY_CODE, PERSON_STEPS, STEPS, StepForm
from office.queries.calendar import workday_checker
from partybuild.lib import clock
from partybuild.lib.crypto import keyed_hash

# Days from the vote of the branch meeting; each rule of the table is kept.
OFFSETS = {
    "apply": -482, "talk": -468, "activist": -442, "activist_filed": -432, "contacts": -432, "training": -74,
    "candidate": -71, "candidate_filed": -57, "introducers": -50, "political_review": -36, "short_training": -32,
    "committee_review": -22, "pre_review": -15, "form": -13, "vote": 0, "superior_talk": 8, "approval": 15,
    "filed_up": 17, "placed": 17, "oath": 37, "probation": 360, "conversion_apply": 360, "conversion_vote": 366,
    "conversion_approval": 378, "archived": 390,
}  # fmt: skip
NOTICES = {NoticeKind.CANDIDATE: (-70, -60), NoticeKind.ADMISSION: (-12, -3), NoticeKind.CONVERSION: (352, 361)}
OBSERVED = (-259, -76, 178, 360)
# The last step of each new file: two for each stage, the faulty ones beside the clean.
REACHED = (
    "apply", "talk", "activist", "contacts", "candidate", "short_training", "committee_review", "form",
)  # fmt: skip
KINDS = (("candidate", MemberKind.CANDIDATE), ("activist", MemberKind.ACTIVIST), ("apply", MemberKind.APPLICANT))
FIRST_ORDER = 30000
BORN_SINCE = 1986
BRANCHES_PER_ROUND = 30
TEXTS = ("思想上积极要求进步，工作认真负责，能够起带头作用。", "按期参加支部学习，联系群众较好，理论学习还需加强。")


@dataclass(frozen=True)
class Plan:
    """A person whose file is invented: how far it is and on which day the vote lies."""

    unit: Unit
    member: Member
    voted_on: date
    reached: str
    is_faulty: bool = False

    def day(self, offset: int) -> date:
        return self.voted_on + timedelta(days=offset)


def fill_development(random: Random, tree: Tree, until: date) -> int:
    """Files for new people in stages 1 to 4 and for the probationary members of the tree; how many."""
    is_workday = workday_checker()
    plans = [*_new_people(random, tree, until), *_probationary(tree, until)]
    for number, plan in enumerate(plans):
        _write(plan, until, TEXTS[number % len(TEXTS)], is_workday)
    for committee in tree.committees:
        set_quota(
            by=Actor.system(), organization=committee.organization, year=until.year, number=random.choice((2, 3, 4)),
            note="区委组织部年度发展党员计划",
        )  # fmt: skip
    return len(plans)


def _new_people(random: Random, tree: Tree, until: date) -> Iterator[Plan]:
    rounds = max(1, len(tree.branches) // BRANCHES_PER_ROUND)
    for number in range(rounds * len(REACHED)):
        reached = REACHED[number % len(REACHED)]
        person = _young(random, FIRST_ORDER + number, until)
        kind = next(kind for code, kind in KINDS if BY_CODE[code].number <= BY_CODE[reached].number)
        member = Member.objects.create(
            name=person.name, sex=person.sex, ethnicity=person.ethnicity, born_on=person.born_on,
            id_number=person.id_number, id_number_hash=keyed_hash(person.id_number), education=person.education,
            job=person.job, work_started_on=person.work_started_on, initials=initials(person.name), kind=kind,
        )  # fmt: skip
        unit = tree.branches[(number * 5 + 1) % len(tree.branches)]
        since = random.randint(5, 25)
        yield Plan(unit, member, until - timedelta(days=OFFSETS[reached] + since), reached, number % 5 == 3)


def _young(random: Random, order: int, until: date) -> names.Person:
    """Who applies has been at work for some years only."""
    while (person := names.person(random, order, until)).born_on.year < BORN_SINCE:
        pass
    return person


def _probationary(tree: Tree, until: date) -> Iterator[Plan]:
    for unit in tree.branches:
        for member in unit.members:
            if member.kind == MemberKind.PROBATIONARY and member.joined_on and member.joined_on <= until:
                past = [code for code, offset in OFFSETS.items() if member.joined_on + timedelta(days=offset) <= until]
                yield Plan(unit, member, member.joined_on, past[-1])


def _write(plan: Plan, until: date, text: str, is_workday: Callable[[date], bool]) -> None:
    last = OFFSETS[plan.reached]
    # On probation notes go on between the steps.
    noted = last if last < OFFSETS["vote"] else (until - plan.voted_on).days
    steps = [step for step in STEPS if OFFSETS[step.code] <= last and step.number <= BY_CODE[plan.reached].number]
    opened_on = plan.day(OFFSETS["apply"])
    file = DevelopmentFile.objects.create(
        member=plan.member, organization=plan.unit.organization, opened_on=opened_on, opened_at=_at(opened_on),
        is_front_line=plan.member.pk % 3 == 0,
    )  # fmt: skip
    codes = [step.code for step in steps]
    full = [member for member in plan.unit.members if member.converted_on and member.converted_on <= opened_on]
    names_of = [member.name for member in full[:4]] or ["支部委员"]
    DevelopmentStep.objects.bulk_create(
        DevelopmentStep(
            development=file, code=code, done_on=plan.day(OFFSETS[code]), recorded_at=_at(plan.day(OFFSETS[code])),
            people="机关党委组织科" if BY_CODE[code].is_superior else names_of[number % len(names_of)],
        )
        for number, code in enumerate(codes)
    )  # fmt: skip
    _write_papers(file, plan, codes)
    DevelopmentPerson.objects.bulk_create(
        DevelopmentPerson(development=file, member=member, starts_on=plan.day(OFFSETS[code]), role=PERSON_STEPS[code])
        for code in codes
        if code in PERSON_STEPS
        for member in (full[:2] if PERSON_STEPS[code] is PersonRole.CONTACT else full[1:3])
    )
    Observation.objects.bulk_create(
        Observation(
            development=file, observed_on=plan.day(offset), people=names_of[0], text=text,
            recorded_at=_at(plan.day(offset)),
        )
        for offset in OBSERVED
        if offset <= noted and not (plan.is_faulty and offset == OBSERVED[0])
    )  # fmt: skip
    _write_notices(file, plan, last, is_workday)
    _write_decisions(file, plan, codes, len(full))
    settle(file)


def _write_papers(file: DevelopmentFile, plan: Plan, codes: Sequence[str]) -> None:
    rows = [
        DevelopmentPaper(
            development=file, code=code, kind=kind, name=f"{kind}（纸质）", added_at=_at(plan.day(OFFSETS[code]))
        )
        for code in codes
        for kind in BY_CODE[code].papers
    ]
    DevelopmentPaper.objects.bulk_create(rows[:-1] if plan.is_faulty else rows)


def _write_notices(file: DevelopmentFile, plan: Plan, last: int, is_workday: Callable[[date], bool]) -> None:
    for kind, (first, end) in NOTICES.items():
        days = [plan.day(offset) for offset in range(first, end + 1)]
        if end <= last:
            PublicNotice.objects.create(
                development=file, kind=kind, starts_on=days[0], ends_on=days[-1], place="单位公示栏和内部网站",
                workdays=sum(1 for day in days if is_workday(day)), recorded_at=_at(days[0]),
            )  # fmt: skip


def _write_decisions(file: DevelopmentFile, plan: Plan, codes: Sequence[str], voters: int) -> None:
    for code in codes:
        day = plan.day(OFFSETS[code])
        if BY_CODE[code].form is StepForm.DECISION:
            PreReview.objects.create(
                development=file, kind=code, is_agreed=True, decided_on=day, opinion="经审查，同意。",
                organization=plan.unit.organization.parent, recorded_at=_at(day),
            )  # fmt: skip
        if BY_CODE[code].form is StepForm.VOTE:
            present = max(voters - 1, voters // 2 + 1)
            BranchVote.objects.create(
                development=file, resolution=Resolution.ADMIT if code == "vote" else Resolution.CONVERT, held_on=day,
                entitled=voters, present=present, in_favour=present, is_passed=True, recorded_at=_at(day),
            )  # fmt: skip


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10, 0), tzinfo=clock.ZONE)
