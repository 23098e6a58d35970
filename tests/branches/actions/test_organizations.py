from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.actions.organizations import (
    create_organization,
    edit_organization,
    rename_organization,
)
from branches.models import AuditEntry, OrganizationChange
from branches.permissions import Actor
from tests.factories.branches import (
    BranchFactory,
    CommitteeFactory,
    UserFactory,
    actor,
    make_user_with_post,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)


@pytest.fixture
def by():
    return Actor.system()


def test_a_new_organisation_stands_under_its_superior(by):
    committee = CommitteeFactory()

    branch = create_organization(
        by=by, parent=committee, kind="branch", name="财政局第一党支部", code="B1", founded_on=DAY
    )

    branch.refresh_from_db()
    assert (branch.parent, branch.path) == (committee, f"{committee.path}{branch.pk}/")
    assert (branch.initials, branch.founded_on) == ("czjdydzb", DAY)


def test_founding_is_written_in_the_history_and_the_trail(trail):
    committee = CommitteeFactory()
    keeper = make_user_with_post("staff", committee)

    branch = create_organization(by=actor(keeper), parent=committee, kind="branch", name="一支部", founded_on=DAY)

    change = OrganizationChange.objects.get(organization=branch)
    entry = AuditEntry.objects.get(object_type="branches.Organization", object_id=branch.pk)
    assert (change.kind, change.effective_on, change.after) == ("founded", DAY, {"name": "一支部"})
    assert (entry.verb, entry.user_id, entry.organization_path) == ("新增党组织", keeper.pk, branch.path)


def test_without_a_code_it_gets_one(by):
    root = create_organization(by=by, parent=None, kind="work_committee", name="机关工委")

    assert root.code == f"Z{root.pk:08d}"
    assert root.path == f"{root.pk}/"


def test_a_kind_that_may_not_stand_there_is_refused(by):
    with pytest.raises(ValidationError) as refused:
        create_organization(by=by, parent=CommitteeFactory(), kind="group", name="一小组")

    assert refused.value.message_dict == {"kind": ["党小组不能隶属于机关党委。"]}


def test_a_code_is_used_once(by):
    BranchFactory(code="B1")

    with pytest.raises(ValidationError) as refused:
        create_organization(by=by, parent=CommitteeFactory(), kind="branch", name="一支部", code="B1")

    assert list(refused.value.message_dict) == ["code"]


def test_another_name_is_a_renaming(by, trail):
    branch = BranchFactory(name="旧名")

    edited = edit_organization(by=by, organization=branch, changes={"name": "新名"}, effective_on=DAY)

    change = branch.changes.get()
    assert (edited.name, edited.initials) == ("新名", "xm")
    assert (change.kind, change.before, change.after) == ("renamed", {"name": "旧名"}, {"name": "新名"})
    assert trail().get().detail == {"fields": ["name"]}


def test_what_is_the_same_leaves_no_trace(by, trail):
    branch = BranchFactory(name="旧名")

    edit_organization(by=by, organization=branch, changes={"name": "旧名", "contact": ""})

    assert not branch.changes.exists()
    assert not trail().exists()


def test_the_trail_holds_no_phone_number(by, trail):
    edit_organization(by=by, organization=BranchFactory(), changes={"phone": "13800138000"})

    assert "13800138000" not in str(trail().get().detail)


def test_kind_and_place_are_not_edited(by):
    with pytest.raises(ValueError, match="not editable"):
        edit_organization(by=by, organization=BranchFactory(), changes={"kind": "group"})


def test_an_actor_without_a_post_leaves_the_place_of_the_thing(trail):
    user = UserFactory()
    branch = BranchFactory()

    edit_organization(by=Actor(user_id=user.pk), organization=branch, changes={"contact": "李明"})

    assert trail().get().organization_id == branch.pk


def test_o01_a_renaming_takes_effect_on_its_day(by, trail):
    branch = BranchFactory(name="旧名")

    change = rename_organization(
        by=by, organization=branch, name="新名", short_name="新", effective_on=DAY, reason="机构改革"
    )

    branch.refresh_from_db()
    assert (branch.name, branch.short_name, branch.initials) == ("新名", "新", "xm")
    assert (change.kind, change.effective_on, change.reason) == ("renamed", DAY, "机构改革")
    assert change.before == {"name": "旧名", "short_name": ""}
    assert trail().get().verb == "党组织更名"


def test_o01_the_same_name_is_no_renaming(by):
    with pytest.raises(ValidationError, match="名称没有变化"):
        rename_organization(by=by, organization=BranchFactory(name="名"), name="名", short_name="", effective_on=DAY)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2019, 12, 31), "成立于2020年1月1日"),
        (date(2026, 3, 3), "在2026年3月4日办理过更名"),
        (None, "不能晚于今天"),
    ],
)
def test_o01_a_day_that_cannot_be_is_refused(by, move_clock, day, words):
    move_clock("2026-03-16T09:00:00+08:00")
    branch = BranchFactory()
    rename_organization(by=by, organization=branch, name="甲", short_name="", effective_on=date(2026, 3, 4))

    with pytest.raises(ValidationError, match=words):
        rename_organization(by=by, organization=branch, name="乙", short_name="", effective_on=day or date(2026, 3, 17))


def test_o01_what_is_dissolved_is_not_changed_and_gets_no_subordinates(by):
    gone = CommitteeFactory(dissolved_on=DAY)

    with pytest.raises(ValidationError, match="已于2026年3月5日撤销"):
        edit_organization(by=by, organization=gone, changes={"contact": "李明"})
    with pytest.raises(ValidationError, match="已于2026年3月5日撤销"):
        create_organization(by=by, parent=gone, kind="branch", name="一支部")
