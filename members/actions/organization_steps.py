"""What happens to rosters and offices when organisations change. Single steps: only compositions may import them."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor
from members.actions.offices import end_office
from members.models import DevelopmentFile, Member, Membership, Office
from members.queries.transfers import open_transfers
from partybuild.lib.dates import day_text


@transaction.atomic
def take_over_roster(*, organization: Organization, successor: Organization, on: date) -> list[int]:
    """From the day on all members of a branch are on its successor's roster, in the 党小组 that they had; who."""
    return _move(_live(organization), organization, successor, on, keep_groups=True)


@transaction.atomic
def split_roster(*, organization: Organization, made: Organization, members: Collection[int], on: date) -> list[int]:
    """From the day on these members of a branch are on the roster of the one split off from it; who."""
    chosen = _live(organization).filter(member__in=members)
    found = chosen.count()
    if found != len(set(members)):
        raise ValidationError({"members": f"所选人员中有人不在{organization}的名册中，请重新选择。"})
    if found == _live(organization).count():
        raise ValidationError({"members": f"{organization}至少应保留一名党员；全部转出请办理更名或合并。"})
    return _move(chosen, organization, made, on, keep_groups=False)


@transaction.atomic
def empty_group(*, group: Organization, successor: Organization | None) -> int:
    """The members of a 党小组 that is no more stay in their branch, in its successor if there is one; how many."""
    held = Membership.objects.filter(group=group, ends_on=None).order_by("pk").select_for_update()
    places = list(held.values_list("pk", flat=True))
    return Membership.objects.filter(pk__in=places).update(group=successor)


@transaction.atomic
def follow_members(*, members: Collection[int], branch: Organization) -> int:
    """The open files of development of these members go on at their new branch; how many."""
    return DevelopmentFile.objects.open().filter(member__in=members).update(organization=branch)


@transaction.atomic
def take_over_files(*, organization: Organization, successor: Organization) -> int:
    """All open files of development of an absorbed branch, its applicants' too, go on at the successor; how many."""
    return DevelopmentFile.objects.open().filter(organization=organization).update(organization=successor)


def refuse_transfers(organization: Organization) -> None:
    """Nobody is on his way to or from an organisation that ends."""
    if found := open_transfers(organization).count():
        raise ValidationError(f"{organization}还有 {found} 件组织关系转接没有办结，请先办结或撤回。")


def refuse_roster(organization: Organization) -> None:
    """An organisation is dissolved only when nobody is left on its roster and on the way into the party."""
    if files := DevelopmentFile.objects.open().filter(organization=organization).count():
        raise ValidationError(f"{organization}还有 {files} 份发展党员档案没有办结，请先办结，或办理合并。")
    if left := Membership.objects.filter(organization=organization, ends_on=None).count():
        raise ValidationError(f"{organization}的名册上还有 {left} 名党员，请先把他们转到其他党支部，或办理合并。")


@transaction.atomic
def end_offices_at(*, by: Actor, organization: Organization, on: date) -> int:
    """End all offices held at an organisation that is no more; how many."""
    return _end(by, Office.objects.filter(organization=organization), on)


@transaction.atomic
def end_offices_elsewhere(*, by: Actor, members: Collection[int], branch: Organization, on: date) -> int:
    """End what members hold where they no longer belong: neither above their new branch nor below it; how many."""
    above = [*branch.ancestor_ids, branch.pk]
    held = Office.objects.filter(member__in=members).exclude(organization__in=above)
    return _end(by, held.exclude(organization__path__startswith=branch.path), on)


def _end(by: Actor, held: "QuerySet[Office]", on: date) -> int:
    offices = list(held.filter(ends_on=None).select_related("organization", "member").order_by("pk"))
    for office in offices:
        end_office(by=by, office=office, ends_on=max(on, office.starts_on))
    return len(offices)


def people(members: Collection[int]) -> list[Member]:
    """These members with their accounts, for what has to follow each of them."""
    return list(Member.objects.filter(pk__in=members).select_related("user").order_by("pk"))


def _live(organization: Organization) -> "QuerySet[Membership]":
    return Membership.objects.filter(organization=organization, ends_on=None)


def _move(
    chosen: "QuerySet[Membership]", organization: Organization, to: Organization, on: date, *, keep_groups: bool
) -> list[int]:
    if organization.kind != OrganizationKind.BRANCH:
        return []
    _refuse_changed_roster(chosen, organization, on)
    places = list(chosen.order_by("pk").select_for_update())
    Membership.objects.filter(pk__in=[place.pk for place in places]).update(ends_on=on)
    Membership.objects.bulk_create(
        [
            Membership(
                member_id=place.member_id,
                organization=to,
                starts_on=on,
                group_id=place.group_id if keep_groups else None,
            )
            for place in places
        ],
        batch_size=500,
    )
    return [place.member_id for place in places]


def _refuse_changed_roster(chosen: "QuerySet[Membership]", organization: Organization, on: date) -> None:
    """Nobody may have been put on the roster after the day on which all of them leave it."""
    came = chosen.filter(starts_on__gt=on).order_by("-starts_on").values_list("starts_on", flat=True).first()
    left = (
        Membership.objects.filter(organization=organization, ends_on__gt=on)
        .order_by("-ends_on")
        .values_list("ends_on", flat=True)
        .first()
    )
    if last := max((day for day in (came, left) if day), default=None):
        words = f"{organization}的名册在{day_text(last)}有过变动，生效日期不能更早。"
        raise ValidationError({"effective_on": words})
