"""Contests, applications and awards (C12): lists, what waits, figures, and the facts of 党员示范岗."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q
from django.urls import reverse

from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.filters import narrowed
from campaigns.models import Application, Award, Contest
from campaigns.models.contest import ApplicationQuerySet, AwardQuerySet, ContestQuerySet
from campaigns.rules.contests import MODEL_POST, ApplicationState, ContestState, model_post_note
from campaigns.rules.facts import Fact
from members.models import Member
from members.rules.registers import Figures
from partybuild.lib import clock

_APPLICATIONS = "campaigns:application_list"


def contests_for(
    scope: Scope, *, q: str = "", organization: Organization | None = None, year: int | None = None, state: str = ""
) -> ContestQuerySet:
    """The contests that the scope sees, each with the applications and awards seen. ``state``: a state, ``open``."""
    found = narrowed(
        Contest.objects.visible_to(scope), q=q, words_in=("title",), organization=organization, at="issuer", year=year
    )
    if state == "open":
        found = found.open_on(clock.today())
    elif state:
        found = found.filter(state=state)
    seen = Q(applications__in=Application.objects.visible_to(scope))
    awarded = seen & Q(applications__state=ApplicationState.AWARDED)
    return (
        found.select_related("issuer")
        .annotate(
            applied=Count("applications", filter=seen, distinct=True),
            awarded=Count("applications", filter=awarded, distinct=True),
        )
        .order_by("-year", "-pk")
    )


def applications_for(
    scope: Scope,
    *,
    q: str = "",
    organization: Organization | None = None,
    year: int | None = None,
    state: str = "",
) -> ApplicationQuerySet:
    """The applications that the scope sees."""
    found = narrowed(
        Application.objects.visible_to(scope), q=q, words_in=("contest__title", "member__name", "post_name"),
        organization=organization, contest__year=year, state=state,
    )  # fmt: skip
    return found.select_related("organization", "member", "contest").order_by("-applied_at", "-pk")


def awards_for(
    scope: Scope,
    *,
    q: str = "",
    organization: Organization | None = None,
    year: int | None = None,
    state: str = "",
) -> AwardQuerySet:
    """The roll of honour that the scope sees. ``state``: held, revoked."""
    found = narrowed(
        Award.objects.visible_to(scope), q=q, words_in=("title", "member__name", "post_name"),
        organization=organization, awarded_on__year=year,
    )  # fmt: skip
    if state:
        found = found.filter(revoked_on__isnull=state == "held")
    return found.select_related("organization", "member", "issuer", "application").order_by("-awarded_on", "-pk")


def awards_of_member(member: Member, year: int) -> AwardQuerySet:
    """What a member was given in a year, taken back or not."""
    return Award.objects.filter(member=member, awarded_on__year=year).select_related("issuer").order_by("awarded_on")


def contest_figures(scope: Scope) -> Figures:
    """For the hub: the contests, and applications that wait for one's word: to verify, to award, else to recommend."""
    total = Contest.objects.visible_to(scope).count()
    if scope.holds(Permission.LEAD_WORK) and (waiting := applications_to_verify(scope)):
        return Figures(total, waiting, "项申报待核验", f"?state={ApplicationState.RECOMMENDED}", _APPLICATIONS)
    if scope.holds(Permission.LEAD_WORK) and (waiting := applications_to_award(scope)):
        return Figures(total, waiting, "项申报待授予", f"?state={ApplicationState.MET}", _APPLICATIONS)
    waiting = applications_to_recommend(scope) if scope.holds(Permission.DO_WORK) else 0
    return Figures(total, waiting, "项申报待推荐", f"?state={ApplicationState.APPLIED}", _APPLICATIONS)


def award_figures(scope: Scope) -> Figures:
    """For the hub: titles in force."""
    return Figures(Award.objects.visible_to(scope).in_force().count())


def applications_to_recommend(scope: Scope) -> int:
    """Applications of members that wait for the word of one's branch."""
    return Application.objects.visible_to(scope, Permission.DO_WORK).filter(state=ApplicationState.APPLIED).count()


def applications_to_verify(scope: Scope) -> int:
    """Applications from below that wait to be verified."""
    own = scope.grant.organization_id if scope.grant else None
    found = Application.objects.visible_to(scope, Permission.LEAD_WORK).filter(state=ApplicationState.RECOMMENDED)
    return found.exclude(organization=own, organization__parent__isnull=False).count()


def applications_to_award(scope: Scope) -> int:
    """Verified applications in the contests of one's own organisation."""
    own = scope.grant.organization_id if scope.grant else None
    return Application.objects.filter(contest__issuer=own, state=ApplicationState.MET).count()


def facts_of_model_post(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """One fact for each application for 党员示范岗; those that reach the standard count. Source: TJ 三（五）."""
    rows = Application.objects.filter(organization__in=organizations, contest__preset=MODEL_POST)
    rows = rows.exclude(state__in=[ApplicationState.WITHDRAWN, ApplicationState.DECLINED])
    found = []
    for row in rows.select_related("member", "organization"):
        moment = row.verified_at or row.applied_at
        day = clock.in_zone(moment).date()
        if start <= day <= end:
            note = model_post_note(row.state)
            found.append(
                Fact(
                    key=f"application:{row.pk}", organization_id=row.organization_id, held_on=day, counts_from=moment,
                    amount=Decimal(1), text=f"党员示范岗：{row.name}（{row.get_state_display()}）",
                    url=reverse("campaigns:application_detail", args=[row.pk]), counted=not note, reason=note,
                )
            )  # fmt: skip
    return found


def can_apply(scope: Scope, contest: Contest, own: Organization | None) -> bool:
    """Whether the organisation of the post in use, or its member, may hand in something now."""
    today = clock.today()
    if own is None or contest.state != ContestState.PUBLISHED or not contest.starts_on <= today <= contest.ends_on:
        return False
    if own.kind not in contest.kinds or not own.path.startswith(contest.issuer.path):
        return False
    return scope.holds(Permission.DO_WORK) or (contest.is_personal and scope.holds(Permission.TAKE_PART))


def contest_rows(contests: Iterable[Contest]) -> Iterator[list[object]]:
    """Rows of the workbook of contests."""
    for number, row in enumerate(contests, 1):
        counts = (row.applied, row.awarded)  # type: ignore[attr-defined]
        yield [
            number, row.year, row.title, row.get_subject_display(), row.kinds_text, row.issuer.name, row.starts_on,
            row.ends_on, "、".join(row.levels), row.quota, *counts, row.get_state_display(),
        ]  # fmt: skip


def application_rows(applications: Iterable[Application]) -> Iterator[list[object]]:
    """Rows of the workbook of applications."""
    for number, row in enumerate(applications, 1):
        yield [
            number, row.contest.year, row.contest.title, row.organization.name, row.post_name,
            row.member.name if row.member else "", row.statement, clock.in_zone(row.applied_at).date(),
            row.get_state_display(), row.verified_at and clock.in_zone(row.verified_at).date(),
        ]  # fmt: skip


def award_rows(awards: Iterable[Award]) -> Iterator[list[object]]:
    """Rows of the roll."""
    for number, row in enumerate(awards, 1):
        yield [
            number, row.title, row.level, row.organization.name, row.post_name, row.member.name if row.member else "",
            row.issuer.name, row.number, row.awarded_on, "已撤销" if row.revoked_on else "有效", row.revoked_on,
            row.reason,
        ]  # fmt: skip
