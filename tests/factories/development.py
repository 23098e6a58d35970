"""Files of development, brought lawfully as far as a test needs.

file = make_file(branch)                       # application known, no step taken; the branch has five full members
drive(file, "vote")                            # every step before the vote, on the days of ``DAYS``
"""

from datetime import date

from branches.models import Organization
from branches.permissions import Actor
from members.actions.development.files import open_file
from members.actions.development.records import note_observation, publish_notice
from members.actions.development.steps import Paper, take_step
from members.actions.development.votes import decide, record_vote
from members.enums import NoticeKind, Resolution, Sex
from members.models import DevelopmentFile, Member
from members.queries.roster import voters_on
from members.rules.development import BY_CODE, STEPS, StepForm, Terms
from members.rules.development_dues import Ballot
from tests.factories.members import make_roster

TERMS = Terms(
    min_age=18, talk=1, training=12, review=6, contacts=1, introducers=2, approval=3, approval_max=6, probation=12,
    extension_min=6, extension_max=12, notice_workdays=dict.fromkeys(NoticeKind.values, 5), remind_days=30,
)  # fmt: skip
SYSTEM = Actor.system()
DAYS = {
    "apply": date(2023, 3, 1),
    "talk": date(2023, 3, 15),
    "activist": date(2023, 4, 10),
    "activist_filed": date(2023, 4, 20),
    "contacts": date(2023, 4, 20),
    "training": date(2024, 4, 12),
    "candidate": date(2024, 4, 15),
    "candidate_filed": date(2024, 4, 29),
    "introducers": date(2024, 5, 6),
    "political_review": date(2024, 5, 20),
    "short_training": date(2024, 5, 24),
    "committee_review": date(2024, 6, 3),
    "pre_review": date(2024, 6, 10),
    "form": date(2024, 6, 12),
    "vote": date(2024, 6, 25),
    "superior_talk": date(2024, 7, 3),
    "approval": date(2024, 7, 10),
    "filed_up": date(2024, 7, 12),
    "placed": date(2024, 7, 12),
    "oath": date(2024, 8, 1),
    "probation": date(2025, 6, 20),
    "conversion_apply": date(2025, 6, 20),
    "conversion_vote": date(2025, 6, 26),
    "conversion_approval": date(2025, 7, 8),
    "archived": date(2025, 7, 20),
}
"""A day for each step that breaks no rule. Probation is over on 25 June 2025."""
NOTICES = {
    NoticeKind.CANDIDATE: (date(2024, 4, 16), date(2024, 4, 26)),
    NoticeKind.ADMISSION: (date(2024, 6, 13), date(2024, 6, 21)),
    NoticeKind.CONVERSION: (date(2025, 6, 12), date(2025, 6, 20)),
}
OBSERVED = {
    "training": (date(2023, 10, 10), date(2024, 4, 10)),
    "probation": (date(2024, 12, 20), date(2025, 6, 20)),
}
BALLOT = Ballot(entitled=5, present=5, in_favour=5)


def make_file(organization: Organization, *, voters: int = 5, **person: object) -> DevelopmentFile:
    """A file of a new applicant born in 1995, opened on 1 March 2023; the branch has full members since 2020."""
    if voters and not voters_on(organization, DAYS["apply"]).exists():
        make_roster(organization, voters)
    given = {"name": "陈晓", "sex": Sex.FEMALE, "born_on": date(1995, 5, 6), **person}
    return open_file(by=SYSTEM, organization=organization, opened_on=DAYS["apply"], **given)


def papers_of(code: str) -> list[Paper]:
    """All materials of a step, on paper."""
    return [Paper(kind) for kind in BY_CODE[code].papers]


def colleagues(file: DevelopmentFile, count: int = 2) -> list[Member]:
    """Full members of the branch."""
    return list(voters_on(file.organization, DAYS["apply"])[:count])


def prepare(file: DevelopmentFile, code: str) -> None:
    """What a step asks for besides itself: its 公示, its half-yearly notes."""
    step = BY_CODE[code]
    for day in OBSERVED.get(code, ()):
        note_observation(by=SYSTEM, file=file, observed_on=day, people="周敏", text="表现良好。")
    if step.notice:
        starts_on, ends_on = NOTICES[step.notice]
        publish_notice(by=SYSTEM, file=file, kind=step.notice, starts_on=starts_on, ends_on=ends_on, place="机关公示栏")


def take(file: DevelopmentFile, code: str, **changed: object) -> None:
    """One step with all that it asks for, on its day."""
    step, day = BY_CODE[code], changed.pop("on", DAYS[code])
    given = {"by": SYSTEM, "file": file, "people": "周敏", "papers": papers_of(code)}
    if step.form is StepForm.VOTE:
        resolution = Resolution.ADMIT if code == "vote" else Resolution.CONVERT
        values = {"code": code, "held_on": day, "ballot": BALLOT, "resolution": resolution}
        record_vote(**{**given, **values, **changed})
    elif step.form is StepForm.DECISION:
        values = {"kind": code, "is_agreed": True, "decided_on": day, "opinion": "同意。"}
        decide(**{**given, **values, **changed})
    else:
        members = colleagues(file) if step.form is StepForm.PEOPLE else ()
        take_step(**{**given, "code": code, "done_on": day, "members": members, **changed})
    file.refresh_from_db()


def drive(file: DevelopmentFile, until: str) -> DevelopmentFile:
    """Every step before ``until`` that is not done yet."""
    done = set(file.steps.valid().values_list("code", flat=True))
    for step in STEPS[: BY_CODE[until].number - 1]:
        if step.code not in done:
            prepare(file, step.code)
            take(file, step.code)
    return file
