"""Files of development as pages show them: the 25 steps of one, 四查 over many, the structure of a year's intake."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from branches.models import Organization
from branches.permissions import Permission, Scope
from members.enums import DevelopmentOutcome
from members.models import (
    BranchVote,
    DevelopmentFile,
    DevelopmentPaper,
    DevelopmentQuota,
    DevelopmentStep,
    PreReview,
    PublicNotice,
)
from members.queries.development import intake_of, intake_steps, progress_of, whole_files
from members.rules.development import (
    STAGES,
    STEPS,
    Progress,
    Step,
    StepForm,
    Terms,
    deadline,
    earliest,
    observations_lacking,
    possible,
)
from members.rules.development_checks import (
    Area,
    Dossier,
    Finding,
    Held,
    Share,
    Shares,
    check,
    quota_finding,
    structure,
)
from members.rules.development_dues import Ballot, Due, dues
from office.queries.rules import rule_table
from office.rules.table import RuleTable
from partybuild.lib import clock


@dataclass(frozen=True)
class Line:
    """One step of a file: what is done, or from which day on and until when it can be."""

    step: Step
    done: DevelopmentStep | None
    is_next: bool
    earliest_on: date | None
    reason: str
    due_on: date | None
    papers: list[DevelopmentPaper]
    missing: list[str]
    notices: list[PublicNotice]
    votes: list[BranchVote]
    decisions: list[PreReview]
    may_take: bool = False
    can_void: bool = False
    notes_lacking: int = 0

    @property
    def mark(self) -> str:
        """The class of its place in the timeline."""
        if self.done:
            return "done"
        if not self.is_next:
            return ""
        return "late" if self.due_on and self.due_on < clock.today() else "now"

    @property
    def is_early(self) -> bool:
        return self.earliest_on is not None and self.earliest_on > clock.today()


@dataclass(frozen=True)
class Stage:
    """One of the five stages with its steps."""

    number: int
    label: str
    lines: list[Line]

    @property
    def done(self) -> int:
        return sum(1 for line in self.lines if line.done)


@dataclass(frozen=True)
class FilePage:
    """All that the page of a file shows."""

    stages: list[Stage]
    next_lines: list[Line]
    dues: list[Due]
    findings: list[Finding]
    void_steps: list[DevelopmentStep] = field(default_factory=list)


def file_page(file: DevelopmentFile, scope: Scope) -> FilePage:
    """The page of a file fetched by ``whole_files``; one query for the rule table."""
    today = clock.today()
    table = rule_table(today)
    terms = Terms.read(table)
    progress = progress_of(file, terms)
    lines = list(_lines(file, progress, terms, scope))
    stages = [
        Stage(number, label, [line for line in lines if line.step.stage == number])
        for number, label in enumerate(STAGES, 1)
    ]
    return FilePage(
        stages=stages,
        next_lines=[line for line in lines if line.is_next] if file.is_open else [],
        dues=dues(progress, terms) if file.is_open else [],
        findings=check(dossier_of(file, progress), terms, shares_of(table), today),
        void_steps=[step for step in file.steps.all() if step.voided_at is not None],
    )


def _lines(file: DevelopmentFile, progress: Progress, terms: Terms, scope: Scope) -> Iterator[Line]:
    done = {step.code: step for step in file.steps.all() if step.voided_at is None}
    coming = {step.code for step in possible(progress.done)} if file.is_open else set()
    papers, votes = list(file.papers.all()), list(file.votes.all())
    for step in STEPS:
        first, reason = (None, "") if step.code in done else earliest(step, progress, terms)
        kept = [paper for paper in papers if paper.code == step.code]
        kinds = {paper.kind for paper in kept}
        permission = Permission.APPROVE_PARTY_WORK if step.is_superior else Permission.MANAGE_PARTY_WORK
        yield Line(
            step=step,
            done=done.get(step.code),
            is_next=step.code in coming,
            earliest_on=None if first == date.min else first,
            reason=reason,
            due_on=None if step.code in done else deadline(step, progress, terms)[0],
            papers=kept,
            missing=[paper for paper in step.papers if paper not in kinds],
            notices=[notice for notice in file.notices.all() if step.notice and notice.kind == step.notice],
            votes=[vote for vote in votes if (vote.resolution == "admit") == (step.code == "vote")]
            if step.code in ("vote", "conversion_vote")
            else [],
            decisions=[one for one in file.decisions.all() if one.kind == step.code],
            may_take=step.code in coming and scope.allows(permission, file.organization),
            notes_lacking=_notes_lacking(step, progress, terms) if step.code in coming else 0,
            can_void=file.is_open and _is_last(step, done) and scope.allows(permission, file.organization),
        )


def _notes_lacking(step: Step, progress: Progress, terms: Terms) -> int:
    """Half-yearly notes that a step still waits for."""
    return observations_lacking(step, clock.today(), progress, terms) if step.form is StepForm.OBSERVED else 0


def _is_last(step: Step, done: Collection[str]) -> bool:
    """Whether a step may be declared void: taken, nothing stands on it, and it is no vote and no decision."""
    is_plain = step.form not in (StepForm.VOTE, StepForm.DECISION)
    return is_plain and step.code in done and not any(step.code in one.after and one.code in done for one in STEPS)


def dossier_of(file: DevelopmentFile, progress: Progress) -> Dossier:
    """A file fetched by ``whole_files`` as 四查 reads it."""
    return Dossier(
        progress=progress,
        papers=frozenset((paper.code, paper.kind) for paper in file.papers.all()),
        persons=tuple(person.role for person in file.persons.all() if person.ends_on is None),
        votes=tuple(
            Held(
                vote.resolution,
                Ballot(vote.entitled, vote.present, vote.in_favour, vote.against, vote.abstained, vote.written),
                vote.is_passed,
            )
            for vote in file.votes.all()
        ),
        sex=file.member.sex,
        education=file.member.education,
        is_front_line=file.is_front_line,
        is_open=file.is_open,
    )


def shares_of(table: RuleTable) -> Shares:
    """The shares of a valid meeting and of a passed vote."""
    return Shares(table.fraction("quorum.assembly_present"), table.fraction("quorum.assembly_vote"))


@dataclass(frozen=True)
class Review:
    """四查 over the files of a scope and a year."""

    year: int
    files: int
    rows: list[tuple[DevelopmentFile, list[Finding]]]
    counts: dict[Area, int]
    shares: list[Share]
    quotas: list[tuple[DevelopmentQuota, int, Finding | None]]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def review_of(scope: Scope, year: int, organization: Organization | None = None, area: str = "") -> Review:
    """Files in hand and those closed in the year, with what 四查 finds in each; the intake of the year."""
    today = clock.today()
    table = rule_table(today)
    terms, shares = Terms.read(table), shares_of(table)
    files = DevelopmentFile.objects.visible_to(scope)
    if organization:
        files = files.filter(organization__path__startswith=organization.path)
    whole = whole_files(files.exclude(closed_on__year__lt=year).order_by("organization__path", "pk"))
    rows, intake = [], []
    for file in whole:
        progress = progress_of(file, terms)
        dossier = dossier_of(file, progress)
        rows.append((file, check(dossier, terms, shares, today)))
        voted = progress.done.get("vote")
        if voted and voted.year == year and file.outcome != DevelopmentOutcome.REFUSED:
            intake.append((dossier, voted))
    quotas = list(quota_rows(scope, year, organization))
    found = [finding for _, findings in rows for finding in findings]
    found += [finding for _, _, finding in quotas if finding]
    counts = {one: sum(finding.area is one for finding in found) for one in Area}
    kept = [(file, [one for one in findings if not area or one.area.name == area]) for file, findings in rows]
    return Review(
        year=year,
        files=len(rows),
        rows=[(file, findings) for file, findings in kept if findings],
        counts=counts,
        shares=structure(intake, table.int("development.young_age")),
        quotas=quotas,
    )


def quota_rows(
    scope: Scope, year: int, organization: Organization | None = None
) -> Iterator[tuple[DevelopmentQuota, int, Finding | None]]:
    """The numbers set for a year, with how many were taken in; two queries."""
    found = DevelopmentQuota.objects.visible_to(scope).filter(year=year).select_related("organization")
    if organization:
        found = found.filter(organization__path__startswith=organization.path)
    paths = list(intake_steps(year).values_list("development__organization__path", flat=True))
    for quota in found.order_by("organization__path"):
        taken = sum(1 for path in paths if path.startswith(quota.organization.path))
        yield quota, taken, quota_finding(quota.organization.label, year, quota.number, taken)


def quota_left(organization: Organization, year: int) -> int | None:
    """How many may still be taken in under the tightest number above a branch; None where none is set."""
    above = [*organization.ancestor_ids, organization.pk]
    found = DevelopmentQuota.objects.filter(year=year, organization__in=above).select_related("organization")
    left = [quota.number - intake_of(quota.organization, year) for quota in found]
    return min(left) if left else None


def quota_note_needed(file: DevelopmentFile) -> bool:
    """Whether a person taken in this year would be beyond the number."""
    left = quota_left(file.organization, clock.today().year)
    return left is not None and left < 1
