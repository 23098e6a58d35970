from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.actions.tree_steps import (
    absorb_organization,
    dissolve_organization,
    move_organization,
    split_organization,
)
from branches.models import Organization, OrganizationChange
from branches.permissions import Actor
from tests.factories.branches import BranchFactory, CommitteeFactory, GroupFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

BY = Actor.system()
DAY = date(2026, 3, 5)


def test_o01_a_move_takes_everything_below_along(trail):
    root = OrganizationFactory()
    branch = BranchFactory(parent=CommitteeFactory(parent=root))
    group = GroupFactory(parent=branch)
    stays = GroupFactory()
    old, new = branch.parent, CommitteeFactory(parent=root)

    change = move_organization(by=BY, organization=branch, parent=new, effective_on=DAY, reason="机构改革")

    group.refresh_from_db()
    assert Organization.objects.get(pk=branch.pk).path == f"{new.path}{branch.pk}/"
    assert group.path == f"{new.path}{branch.pk}/{group.pk}/"
    assert Organization.objects.get(pk=stays.pk).path == stays.path
    assert (change.kind, change.before["parent_id"], change.after["parent_id"]) == ("moved", old.pk, new.pk)
    assert trail().get().detail["note"] == "机构改革"


def test_o01_nothing_moves_below_itself():
    outer = OrganizationFactory(parent=OrganizationFactory())
    inner = OrganizationFactory(parent=outer)

    with pytest.raises(ValidationError, match="不能移到自己"):
        move_organization(by=BY, organization=outer, parent=inner, effective_on=DAY)


def test_o01_a_move_obeys_the_table_of_kinds():
    with pytest.raises(ValidationError, match="党支部不能隶属于党支部"):
        move_organization(by=BY, organization=BranchFactory(), parent=BranchFactory(), effective_on=DAY)


def test_o01_a_move_is_not_dated_before_its_superior_moved():
    root = OrganizationFactory()
    one, two = CommitteeFactory(parent=root), CommitteeFactory(parent=root)
    branch = BranchFactory(parent=root)
    move_organization(by=BY, organization=one, parent=two, effective_on=DAY)

    with pytest.raises(ValidationError, match="隶属关系在2026年3月5日调整过"):
        move_organization(by=BY, organization=branch, parent=one, effective_on=date(2026, 3, 4))


def test_o01_the_top_of_a_tree_neither_moves_nor_ends():
    top, other = CommitteeFactory(parent=None), OrganizationFactory()

    with pytest.raises(ValidationError, match="最上级党组织不能调整"):
        move_organization(by=BY, organization=top, parent=other, effective_on=DAY)
    with pytest.raises(ValidationError, match="最上级党组织不能撤销"):
        dissolve_organization(by=BY, organization=top, effective_on=DAY)


def test_o01_a_merger_is_written_on_both_sides_and_takes_subordinates_over():
    root = OrganizationFactory()
    one, two = CommitteeFactory(parent=root), CommitteeFactory(parent=root)
    branch = BranchFactory(parent=one)

    change, taken = absorb_organization(by=BY, organization=one, successor=two, effective_on=DAY)

    branch.refresh_from_db()
    assert (taken, branch.parent, branch.path) == ([branch], two, f"{two.path}{branch.pk}/")
    assert Organization.objects.get(pk=one.pk).dissolved_on == DAY
    assert (change.kind, change.other) == ("merged", two)
    assert [(row.kind, row.other) for row in two.changes.all()] == [("absorbed", one)]


def test_o01_only_the_same_kind_is_merged():
    root = OrganizationFactory()

    with pytest.raises(ValidationError, match="党支部只能并入同类党组织"):
        absorb_organization(
            by=BY, organization=BranchFactory(parent=root), successor=CommitteeFactory(parent=root), effective_on=DAY
        )


def test_o01_a_split_makes_one_of_the_same_kind_beside_it():
    committee = CommitteeFactory()
    branch, stays = BranchFactory(parent=committee), BranchFactory(parent=committee)

    change, made = split_organization(
        by=BY, organization=committee, fields={"name": "第二机关党委"}, children=[branch], effective_on=DAY
    )

    assert (made.parent, made.kind, made.founded_on) == (committee.parent, "committee", DAY)
    assert [one.pk for one in Organization.objects.filter(parent=made)] == [branch.pk]
    assert [one.pk for one in Organization.objects.filter(parent=committee)] == [stays.pk]
    assert change.other == made
    assert {row.kind for row in made.changes.all()} == {"founded", "split_off"}


def test_o01_what_has_subordinates_is_not_dissolved():
    branch = BranchFactory()
    group = GroupFactory(parent=branch)

    with pytest.raises(ValidationError, match="还有 1 个下级党组织"):
        dissolve_organization(by=BY, organization=branch, effective_on=DAY)
    dissolve_organization(by=BY, organization=group, effective_on=DAY)
    with pytest.raises(ValidationError, match="下级党组织到2026年3月5日才调出或撤销"):
        dissolve_organization(by=BY, organization=branch, effective_on=date(2026, 3, 4))
    dissolve_organization(by=BY, organization=branch, effective_on=DAY)
    assert OrganizationChange.objects.filter(kind="dissolved").count() == 2


def test_o01_it_ends_once():
    branch = BranchFactory()
    dissolve_organization(by=BY, organization=branch, effective_on=DAY)
    branch.refresh_from_db()

    with pytest.raises(ValidationError, match="已于2026年3月5日撤销"):
        dissolve_organization(by=BY, organization=branch, effective_on=DAY)


def test_o01_nobody_ends_the_organisation_that_he_acts_for():
    branch = BranchFactory()

    with pytest.raises(ValidationError, match="自己任职的党组织"):
        dissolve_organization(by=Actor(user_id=1, organization_id=branch.pk), organization=branch, effective_on=DAY)
