"""What happens to special work when organisations end. Single steps: only compositions may import them.

What is open goes to who goes on: the successor of a merger, the unit above one that is dissolved, who ends it where
there is nothing left to be done. What is closed stays where it was, as history: so do yearly plans that were approved,
signed agreements, confirmed lists and what was sent in. Source: O01.
"""

from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, Q, QuerySet

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.work_notes import write_note
from campaigns.models import (
    Agreement,
    Application,
    BranchPlan,
    Call,
    ClaimTask,
    Cleanup,
    Contact,
    Contest,
    InfoItem,
    MassOrganization,
    Need,
    Pledge,
    Project,
    Topic,
)
from campaigns.models.work_note import ABOUT
from campaigns.rules.agreements import AgreementState
from campaigns.rules.branch_plans import PlanState
from campaigns.rules.cleanups import CleanupState
from campaigns.rules.contests import OPEN_APPLICATION, ApplicationState, ContestState, ContestSubject
from campaigns.rules.info_items import InfoState
from campaigns.rules.mass_work import CallState
from campaigns.rules.needs import OPEN_NEED
from campaigns.rules.pledges import OPEN_PLEDGE
from campaigns.rules.projects import OPEN_PROJECT, ClaimState
from partybuild.lib import clock

HAND_ON, LABEL = "hand_on", "移交"


def hand_on_projects(*, by: Actor, organization: Organization, successor: Organization, on: date) -> int:
    """Projects under way; how many."""
    return _hand_on(by, Project.objects.filter(state__in=OPEN_PROJECT), organization, successor)


def hand_on_applications(*, by: Actor, organization: Organization, successor: Organization, on: date) -> int:
    """Applications for honours of posts and members go along; one of the organisation itself is withdrawn."""
    rows = Application.objects.filter(organization=organization, state__in=OPEN_APPLICATION)
    own = rows.filter(contest__subject=ContestSubject.ORGANIZATION)
    for application in own.select_for_update(of=("self",)).order_by("pk"):
        application.state = ApplicationState.WITHDRAWN
        application.save(update_fields=["state"])
        _note(by, application, organization, _gone(organization, successor))
    return _hand_on(by, rows.exclude(contest__subject=ContestSubject.ORGANIZATION), organization, successor)


def hand_on_needs(*, by: Actor, organization: Organization, successor: Organization, on: date) -> int:
    """What people have asked for and is not settled: who took it in, and who sees to it."""
    return _hand_on(by, Need.objects.filter(state__in=OPEN_NEED), organization, successor, "owner", "organization")


def hand_on_pledges(*, by: Actor, organization: Organization, successor: Organization, on: date) -> int:
    """Pledges that have not been judged."""
    return _hand_on(by, Pledge.objects.filter(state__in=OPEN_PLEDGE), organization, successor)


def hand_on_claims(*, by: Actor, organization: Organization, successor: Organization, on: date) -> int:
    """Tasks that may still be claimed, or whose claims are not settled."""
    running = Q(claims__state__in=[ClaimState.TAKEN, ClaimState.REPORTED])
    wanted = ClaimTask.objects.filter(Q(closed_on=None, claim_by__gte=on) | running).values("pk")
    return _hand_on(by, ClaimTask.objects.filter(pk__in=wanted), organization, successor)


def hand_on_contacts(*, by: Actor, organization: Organization, successor: Organization, on: date) -> int:
    """Contacts and pairings under way, on both sides; one with the successor itself ends."""
    running = Contact.objects.filter(ended_on=None)
    between = Q(organization=organization, partner_organization=successor)
    between |= Q(organization=successor, partner_organization=organization)
    for contact in running.filter(between).select_for_update(of=("self",)).order_by("pk"):
        contact.ended_on = max(contact.starts_on, on)
        contact.save(update_fields=["ended_on"])
        _note(by, contact, organization, _gone(organization, successor))
    names = Contact.objects.filter(partner_organization=organization, ended_on=None)
    ids = list(names.values_list("pk", flat=True))
    count = _hand_on(by, running, organization, successor, "partner_organization")
    Contact.objects.filter(pk__in=ids).update(partner=successor.name[:128])
    return count + _hand_on(by, running, organization, successor)


def hand_on_plans(*, by: Actor, organization: Organization, successor: Organization, on: date) -> int:
    """Plans that are not approved: where the successor has one of its own, nobody has to judge this one any more."""
    rows = BranchPlan.objects.exclude(state=PlanState.APPROVED)
    count = _hand_on(by, rows, organization, successor)
    for plan in rows.filter(organization=organization, state=PlanState.SUBMITTED).select_for_update(of=("self",)):
        plan.state, plan.remark = PlanState.RETURNED, _gone(organization, successor)
        plan.decided_at, plan.decided_by_id = clock.now(), by.user_id
        plan.save(update_fields=["state", "remark", "decided_at", "decided_by"])
        _note(by, plan, organization, plan.remark)
    return count


def end_agreements(*, by: Actor, organization: Organization, successor: Organization, on: date) -> int:
    """Agreements that nobody can sign any more are void; how many."""
    rows = Agreement.objects.filter(
        Q(organization=organization) | Q(superior=organization), state__in=[AgreementState.DRAFT, AgreementState.SENT]
    )
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for agreement in found:
        agreement.state, agreement.void_reason = AgreementState.VOID, _gone(organization, successor)
        agreement.save(update_fields=["state", "void_reason"])
        _note(by, agreement, organization, agreement.void_reason)
    return len(found)


def hand_on_mass_organizations(*, by: Actor, organization: Organization, successor: Organization, on: date) -> int:
    """Unions, youth leagues and women's organisations that exist."""
    return _hand_on(by, MassOrganization.objects.filter(ended_on=None), organization, successor)


def hand_on_issued(*, by: Actor, organization: Organization, successor: Organization, on: date) -> int:
    """What it has published for others and is still running, and what waits to be received by it."""
    return (
        _hand_on(by, Topic.objects.filter(year__gte=on.year), organization, successor, "issuer")
        + _hand_on(by, Contest.objects.exclude(state=ContestState.CLOSED), organization, successor, "issuer")
        + _hand_on(by, Call.objects.exclude(state=CallState.SHOWN), organization, successor, "issuer")
        + _hand_on(by, Cleanup.objects.exclude(state=CleanupState.ENDED), organization, successor, "issuer")
        + _hand_on(by, InfoItem.objects.filter(state=InfoState.SUBMITTED), organization, successor, "receiver")
    )


STEPS: tuple[tuple[str, Callable[..., int]], ...] = (
    ("移交的项目", hand_on_projects),
    ("移交的争创申报", hand_on_applications),
    ("移交的实事", hand_on_needs),
    ("移交的承诺", hand_on_pledges),
    ("移交的认领任务", hand_on_claims),
    ("移交的联系点和结对共建", hand_on_contacts),
    ("移交的计划", hand_on_plans),
    ("作废的待签责任书", end_agreements),
    ("移交的群团组织", hand_on_mass_organizations),
    ("移交的发布事项", hand_on_issued),
)
"""All of them, each with the words in which the change tells how many there were."""


@transaction.atomic
def hand_on_work(*, by: Actor, organization: Organization, successor: Organization, on: date) -> list[tuple[str, int]]:
    """Every step in turn; what was handed on, in words and numbers, without what there was none of."""
    told = [(words, step(by=by, organization=organization, successor=successor, on=on)) for words, step in STEPS]
    return [(words, count) for words, count in told if count]


def _hand_on(by: Actor, rows: "QuerySet[Any]", organization: Organization, successor: Organization, *names: str) -> int:
    """Write another organisation into these rows. What the successor has under the same name already stays, as history
    of the one that is no more."""
    count, fields = 0, names or ("organization",)
    wanted = reduce(or_, (Q(**{field: organization}) for field in fields))
    for row in rows.filter(wanted).select_for_update(of=("self",)).order_by("pk"):
        changed = [field for field in fields if getattr(row, f"{field}_id") == organization.pk]
        for field in changed:
            setattr(row, field, successor)
        try:
            with transaction.atomic():
                row.save(update_fields=changed)
        except IntegrityError:
            continue
        _note(by, row, successor, f"由{organization.name}移交")
        count += 1
    return count


def _note(by: Actor, row: Model, organization: Organization, text: str) -> None:
    """In the row's own history where it keeps one, and in the trail."""
    if type(row) in ABOUT.values():
        write_note(by=by, about=row, organization=organization, verb=HAND_ON, label=LABEL, text=text)
    else:
        audit.record(by=by, verb=LABEL, obj=row, organization=organization, detail={"note": text})


def _gone(organization: Organization, successor: Organization) -> str:
    return f"{organization.label}已撤销或并入，由{successor.label}承接"
