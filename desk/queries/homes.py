"""What the home pages show beside the tasks themselves: each function is a query or two, whatever the size."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from branches.models import AuditEntry, Organization, Post, User
from branches.permissions import Scope
from campaigns.models import Activity, Attendance, Credit, Entry
from campaigns.rules import metrics
from campaigns.rules.entries import EntryKind
from office.enums import DocumentStatus, Job
from office.models import Document, Run
from partybuild.lib.periods import Period

DOCUMENTS_SHOWN = 3
STUDY = "study.hours"


@dataclass(frozen=True)
class Saving:
    """How many records were kept in a month, and for how many tasks they counted."""

    records: int
    credits: int

    @property
    def saved(self) -> int:
        """So many times nobody had to fill in the same again."""
        return max(self.credits - self.records, 0)


def saving_of(organization: Organization, month: Period) -> Saving:
    """The records of what took place in the month, and the tasks that they count for. Two queries."""
    held = Activity.objects.counting().filter(
        organization=organization, held_on__range=(month.starts_on, month.ends_on)
    )
    credited = Credit.objects.filter(activity__in=held.values("pk"), counted=True)
    return Saving(held.count(), credited.count())


def new_documents(scope: Scope, limit: int = DOCUMENTS_SHOWN) -> QuerySet[Document]:
    """What was issued last, as far as the scope reaches."""
    issued = Document.objects.visible_to(scope).filter(status=DocumentStatus.ISSUED)
    return issued.select_related("issuer").defer("body").order_by("-issued_at", "-pk")[:limit]


def unissued_documents(scope: Scope) -> int:
    """Drafts and checked ones that have not gone out."""
    return Document.objects.visible_to(scope).exclude(status=DocumentStatus.ISSUED).count()


def dispatch_of(month: Period) -> tuple[Run | None, int]:
    """The run that dispatches a month, and how many of its parts are done. One query."""
    run = (
        Run.objects.filter(job=Job.DISPATCH, period=month.key, subject="").annotate(pieces_done=Count("pieces")).first()
    )
    return run, getattr(run, "pieces_done", 0)


@dataclass(frozen=True)
class MemberYear:
    """A member's year so far: occasions he was expected at, those he came to, and his hours of study."""

    expected: int
    present: int
    hours: Decimal
    wanted_hours: Decimal | None


def member_year(member_id: int, year: int, wanted_hours: Decimal | None) -> MemberYear:
    """Attendance and study of one person, wherever it was recorded, study outside included. Two queries."""
    metric = metrics.get(STUDY)
    study = Q(activity__kind__in=metric.kinds) | Q(activity__parts__overlap=sorted(metric.parts))
    found = Attendance.objects.filter(
        member=member_id, activity__held_on__year=year, activity__in=Activity.objects.counting().values("pk")
    ).aggregate(
        expected=Count("pk"),
        present=Count("pk", filter=Q(is_present=True)),
        hours=Sum("activity__hours", filter=study & Q(is_present=True), default=Decimal(0)),
    )
    outside = Entry.objects.counting().filter(member=member_id, kind=EntryKind.HOURS, held_on__year=year)
    hours = found["hours"] + outside.aggregate(hours=Sum("hours", default=Decimal(0)))["hours"]
    return MemberYear(found["expected"], found["present"], hours, wanted_hours)


@dataclass(frozen=True)
class Accounts:
    """How the accounts of a scope stand."""

    active: int
    disabled: int
    without_post: int
    first_password: int


def accounts_of(scope: Scope, today: date) -> Accounts:
    """Counts over the accounts that the scope keeps. One query."""
    held = Q(pk__in=Post.objects.in_force(today).values("user"))
    active = Q(is_active=True)
    found = User.objects.visible_to(scope).aggregate(
        active=Count("pk", filter=active),
        disabled=Count("pk", filter=~active),
        without_post=Count("pk", filter=active & ~held),
        first_password=Count("pk", filter=active & Q(must_change_password=True)),
    )
    return Accounts(**found)


def refused_lately(entries: QuerySet[AuditEntry], now: Any) -> int:
    """What was tried and refused in the last day."""
    return entries.filter(result="refused", at__gte=now - timedelta(days=1)).count()
