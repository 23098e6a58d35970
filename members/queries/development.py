"""Files of development as their rules see them, and as a list."""

from datetime import date, timedelta

from django.db.models import Q

from branches.models import Organization
from branches.permissions import Permission, Scope
from members.enums import DevelopmentOutcome, NoticeKind, Resolution
from members.models import DevelopmentFile, DevelopmentStep
from members.models.development import DevelopmentFileQuerySet, DevelopmentStepQuerySet
from members.rules.development import Body, Progress, Terms
from members.rules.registers import Figures
from office.queries.rules import rule_table
from partybuild.lib import clock

SORTS = {
    "opened_on": ("opened_on", "pk"),
    "stage": ("stage", "next_code", "pk"),
    "due_on": ("due_on", "opened_on", "pk"),
    "organization": ("organization__path", "pk"),
    "name": ("member__initials", "member__name", "pk"),
}
DEFAULT_SORT = "due_on"
LATE, SOON = "late", "soon"
WITHIN = timedelta(days=30)


def terms_on(day: date) -> Terms:
    """The figures of the rule table that steps of a day are judged by; one query."""
    return Terms.read(rule_table(day))


def progress_of(file: DevelopmentFile, terms: Terms) -> Progress:
    """How far a file is; four queries, none where the rows were fetched before."""
    done = {step.code: step.done_on for step in file.steps.all() if step.voided_at is None}
    return Progress(
        done=done,
        born_on=file.member.born_on,
        extension=file.extension,
        observations=tuple(sorted(note.observed_on for note in file.observations.all())),
        noticed=_noticed(file, terms),
    )


def _noticed(file: DevelopmentFile, terms: Terms) -> dict[str, date]:
    """Kind → the last day of the 公示 that counts. One of before an extension does not count for the conversion."""
    extended = max(
        (v.held_on for v in file.votes.all() if v.resolution == Resolution.EXTEND and v.is_passed), default=None
    )
    found: dict[str, date] = {}
    for notice in file.notices.all():
        is_old = notice.kind == NoticeKind.CONVERSION and extended is not None and notice.starts_on <= extended
        if not is_old and notice.workdays >= terms.notice_workdays[notice.kind] and not notice.has_open_objection:
            found[notice.kind] = min(notice.ends_on, found.get(notice.kind, notice.ends_on))
    return found


def whole_files(files: DevelopmentFileQuerySet) -> DevelopmentFileQuerySet:
    """With everything that belongs to them; a fixed number of queries."""
    return files.select_related("member", "organization").prefetch_related(
        "steps", "observations", "notices", "votes", "decisions", "papers", "persons__member"
    )


def file_list(
    scope: Scope,
    *,
    q: str = "",
    stage: str = "",
    outcome: str = DevelopmentOutcome.OPEN,
    due: str = "",
    waits_for: str = "",
    organization: Organization | None = None,
    sort: str = DEFAULT_SORT,
) -> DevelopmentFileQuerySet:
    """Files that the scope reaches; ``due`` is ``late`` or ``soon``, ``outcome`` "all" takes the closed ones along."""
    found = DevelopmentFile.objects.visible_to(scope)
    if q:
        text = q.strip()
        found = found.filter(Q(member__name__icontains=text) | Q(member__initials__startswith=text.lower()))
    if stage:
        found = found.filter(stage=int(stage))
    if outcome != "all":
        found = found.filter(outcome=outcome or DevelopmentOutcome.OPEN)
    if due:
        today = clock.today()
        found = found.open().filter(
            **({"due_on__lt": today} if due == LATE else {"due_on__range": (today, today + WITHIN)})
        )
    if waits_for:
        found = found.open().filter(waits_for=waits_for)
    if organization:
        found = found.filter(organization__path__startswith=organization.path)
    return found.select_related("member", "organization").order_by(*order_of(sort))


def order_of(sort: str) -> list[str]:
    """The columns of a sort, turned round by a leading dash."""
    columns = SORTS.get(sort.removeprefix("-"), SORTS[DEFAULT_SORT])
    return [f"-{column}" for column in columns] if sort.startswith("-") else list(columns)


def intake_of(organization: Organization, year: int) -> int:
    """How many an organisation and those below it have taken in as probationary members in a year."""
    return intake_steps(year).filter(development__organization__path__startswith=organization.path).count()


def intake_steps(year: int) -> DevelopmentStepQuerySet:
    """The votes by which people were taken in during a year, those refused later left out."""
    return (
        DevelopmentStep.objects.valid()
        .filter(code="vote", done_on__year=year)
        .exclude(development__outcome=DevelopmentOutcome.REFUSED)
    )


def development_figures(scope: Scope) -> Figures:
    """For the hub of registers: files in hand, and those past a deadline."""
    files = file_list(scope)
    return Figures(files.count(), file_list(scope, due=LATE).count(), "份已逾期", "?due=late")


def waiting_decisions(scope: Scope) -> int:
    """Files whose next step is the superior's, where the scope may take it."""
    waiting = DevelopmentFile.objects.visible_to(scope, Permission.APPROVE_PARTY_WORK)
    return waiting.open().filter(waits_for=Body.SUPERIOR.name).count()


def overdue_files(scope: Scope) -> int:
    """Files in which something is past its day, for those who keep them."""
    return (
        DevelopmentFile.objects.visible_to(scope, Permission.MANAGE_PARTY_WORK)
        .open()
        .filter(due_on__lt=clock.today())
        .count()
    )
