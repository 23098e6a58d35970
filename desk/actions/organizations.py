"""Organisations moved, merged, split and dissolved: every floor's step in order, in one transaction.

Tree → rosters and offices → tasks and records → score sheets. What a change did is kept with it (``effects``).
Past records stay with the organisation that made them; what is closed never changes.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.actions import organization_steps as sheets
from branches.actions import post_steps, tree_steps
from branches.actions.organizations import rename_organization
from branches.enums import OrganizationKind
from branches.models import Organization, OrganizationChange
from branches.permissions import Actor
from campaigns.actions import organization_steps as tasks
from campaigns.actions import problem_organization_steps as problems
from campaigns.actions import work_organization_steps as work
from campaigns.queries.open_periods import first_open_day, is_cycle_running
from campaigns.queries.units import unit_of
from members.actions import organization_steps as rosters
from members.actions.dues_steps import carry_dues
from partybuild.lib.dates import day_text


@transaction.atomic
def rename(
    *, by: Actor, organization: Organization, name: str, short_name: str, effective_on: date, reason: str
) -> OrganizationChange:
    """Another name from the day on; nothing else changes."""
    _refuse_day(effective_on)
    return rename_organization(
        by=by, organization=organization, name=name, short_name=short_name, effective_on=effective_on, reason=reason
    )


@transaction.atomic
def move(
    *, by: Actor, organization: Organization, parent: Organization, effective_on: date, reason: str
) -> OrganizationChange:
    """Another superior from the day on; rosters come along, open tasks and sheets get the new unit and path."""
    _refuse_day(effective_on)
    tree_steps.lock_organizations(organization, parent)
    change = tree_steps.move_organization(
        by=by, organization=organization, parent=parent, effective_on=effective_on, reason=reason
    )
    if change is None:
        raise ValidationError({"parent": f"{organization}已隶属于{parent}。"})
    effects = [
        ("随同调整的下级党组织", Organization.objects.below(organization).count() - 1),
        ("转到新上级的未结任务", tasks.follow_move(organization=organization)),
        ("转到新上级的评分表", sheets.follow_move(organization=organization)),
    ]
    return tree_steps.note_effects(change, effects)


@transaction.atomic
def merge(
    *, by: Actor, organization: Organization, successor: Organization, effective_on: date, reason: str
) -> OrganizationChange:
    """An organisation goes into another of its kind.

    Members and subordinates go over, offices and posts end; what it has not completed ends exempt, its records of the
    running periods count for the successor's tasks; problems and special work under way go over; it leaves the open
    rounds.
    """
    _refuse_day(effective_on)
    _refuse_campaigns(organization)
    tree_steps.lock_organizations(organization, successor)
    change, taken = tree_steps.absorb_organization(
        by=by, organization=organization, successor=successor, effective_on=effective_on, reason=reason
    )
    effects = [("转入的下级党组织", len(taken))]
    effects += _merge_people(by, organization, successor, effective_on)
    effects += [("转入下级的未结任务", sum(tasks.follow_move(organization=child) for child in taken))]
    tasks.hand_on_reviews_of(unit=organization, to=successor.pk)
    effects += [
        ("转为免报的任务", tasks.exempt_absorbed(organization=organization, successor=successor, on=effective_on)),
        ("重新计数的承接方任务", tasks.credit_successor(organization=organization, successor=successor)),
        ("移交承接方的整改问题", problems.hand_on_problems(by=by, organization=organization, successor=successor)),
        *work.hand_on_work(by=by, organization=organization, successor=successor, on=effective_on),
        ("移出评估的评分表", sheets.leave_rounds(by=by, organization=organization)),
    ]
    for child in taken:
        sheets.follow_move(organization=child)
    return tree_steps.note_effects(change, effects)


@transaction.atomic
def split(
    *,
    by: Actor,
    organization: Organization,
    fields: Mapping[str, Any],
    members: Collection[int] = (),
    children: Collection[Organization] = (),
    effective_on: date,
    reason: str,
) -> OrganizationChange:
    """Part of an organisation becomes a new one beside it, which has tasks from the next period on."""
    _refuse_day(effective_on)
    _refuse_part(organization, members, children)
    tree_steps.lock_organizations(organization)
    change, made = tree_steps.split_organization(
        by=by, organization=organization, fields=fields, children=list(children), effective_on=effective_on,
        reason=reason,
    )  # fmt: skip
    effects = [("划入新组织的下级党组织", len(children))]
    if members:
        moved = rosters.split_roster(organization=organization, made=made, members=members, on=effective_on)
        effects += [("划入新组织的党员", len(moved)), *_follow(by, moved, organization, made, effective_on)]
    effects += [("转到新组织的下级未结任务", sum(tasks.follow_move(organization=child) for child in children))]
    effects += [("重新计算人数的任务", tasks.recount_people(organizations=[organization.pk], since=effective_on))]
    for child in children:
        sheets.follow_move(organization=child)
    return tree_steps.note_effects(change, effects)


@transaction.atomic
def dissolve(*, by: Actor, organization: Organization, effective_on: date, reason: str) -> OrganizationChange:
    """An organisation without members and subordinates ends: offices and posts end, tasks are exempt from the day.

    Problems and special work under way go to the unit above, which settles them.
    """
    _refuse_day(effective_on)
    _refuse_campaigns(organization)
    tree_steps.lock_organizations(organization)
    change = tree_steps.dissolve_organization(
        by=by, organization=organization, effective_on=effective_on, reason=reason
    )
    rosters.refuse_transfers(organization)
    rosters.refuse_roster(organization)
    is_group = organization.kind == OrganizationKind.GROUP
    ended = rosters.end_offices_at(by=by, organization=organization, on=effective_on)
    left = rosters.empty_group(group=organization, successor=None) if is_group else 0
    posts = post_steps.end_posts_of_organization(by=by, organization=organization, on=effective_on)
    tasks.hand_on_reviews_of(unit=organization, to=unit_of(organization))
    unit = Organization.objects.get(pk=unit_of(organization))
    handed = problems.hand_on_problems(by=by, organization=organization, successor=unit)
    effects = [
        ("不再编组的党员", left),
        ("离任的党内职务", ended),
        ("结束的岗位", posts),
        ("转为免报的任务", tasks.exempt_dissolved(organization=organization, on=effective_on)),
        ("移交上级的整改问题", handed),
        *work.hand_on_work(by=by, organization=organization, successor=unit, on=effective_on),
        ("移出评估的评分表", sheets.leave_rounds(by=by, organization=organization)),
    ]
    return tree_steps.note_effects(change, effects)


def _merge_people(by: Actor, organization: Organization, successor: Organization, on: date) -> list[tuple[str, int]]:
    rosters.refuse_transfers(organization)
    ended = rosters.end_offices_at(by=by, organization=organization, on=on)
    if organization.kind == OrganizationKind.GROUP:
        moved = rosters.empty_group(group=organization, successor=successor)
    else:
        members = rosters.take_over_roster(organization=organization, successor=successor, on=on)
        ended += rosters.end_offices_elsewhere(by=by, members=members, branch=successor, on=on)
        moved = len(members)
        for member in rosters.people(members):
            carry_dues(member=member, to=successor, on=on)
    files = rosters.take_over_files(organization=organization, successor=successor)
    posts = post_steps.end_posts_of_organization(by=by, organization=organization, on=on, successor=successor)
    return [
        ("转入的党员", moved), ("离任的党内职务", ended), ("转入的发展党员档案", files), ("结束的岗位", posts),
    ]  # fmt: skip


def _follow(
    by: Actor, members: Collection[int], left: Organization, to: Organization, on: date
) -> list[tuple[str, int]]:
    """What follows members into another branch: offices end, files of development, dues and posts go along."""
    ended = rosters.end_offices_elsewhere(by=by, members=members, branch=to, on=on)
    files = rosters.follow_members(members=members, branch=to)
    posts = 0
    for member in rosters.people(members):
        carry_dues(member=member, to=to, on=on)
        if member.user is not None:
            posts += post_steps.move_posts_of_member(by=by, user=member.user, left=left, to=to, on=on)
    return [("离任的党内职务", ended), ("随人转入的发展党员档案", files), ("随人员调整的岗位", posts)]


def _refuse_day(on: date) -> None:
    """What is closed stays: a change reaches back to the first open month at most, and waits for running work."""
    first = first_open_day()
    if first is not None and on < first:
        words = f"{day_text(first)}以前的月份已结账，生效日期不能早于这一天。"
        raise ValidationError({"effective_on": words})
    if is_cycle_running():
        raise ValidationError("月度任务下发或结账正在进行，请稍后再办理。")


def _refuse_campaigns(organization: Organization) -> None:
    if names := tasks.campaigns_in_force(organization):
        raise ValidationError(f"{organization}发布的创建活动尚未结束：{'、'.join(names)}。请先结束活动。")


def _refuse_part(organization: Organization, members: Collection[int], children: Collection[Organization]) -> None:
    if organization.kind == OrganizationKind.GROUP:
        raise ValidationError("党小组不办理拆分，请新增党小组后调整人员。")
    if organization.kind == OrganizationKind.BRANCH and not members:
        raise ValidationError({"members": "请选择划入新党支部的党员。"})
    if organization.kind != OrganizationKind.BRANCH and not children:
        raise ValidationError({"children": "请选择划入新组织的下级党组织。"})
