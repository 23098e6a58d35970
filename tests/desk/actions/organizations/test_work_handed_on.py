"""Special work that is open follows whoever goes on for an organisation that is no more (O01)."""

from datetime import date

import pytest

from branches.models import AuditEntry
from campaigns.actions.fact_watch import recount_open
from campaigns.actions.work_organization_steps import STEPS
from campaigns.models import WorkNote
from desk.actions.organizations import dissolve, merge
from tests.desk.actions.organizations.helpers import DEED, SYSTEM, read
from tests.factories.branches import BranchFactory
from tests.factories.campaigns import AssignmentFactory
from tests.factories.campaigns_honours import (
    ApplicationFactory,
    ClaimTaskFactory,
    ContestFactory,
    NeedFactory,
    PledgeFactory,
    ProjectFactory,
    TopicFactory,
)
from tests.factories.members import MembershipFactory
from tests.factories.plans_and_links import (
    AgreementFactory,
    ApprovedPlanFactory,
    CallFactory,
    ContactFactory,
    FiledPlanFactory,
    MassOrganizationFactory,
    SentInfoFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def successor(one):
    return BranchFactory(parent=one, name="承接党支部")


def absorbed(branch, successor):
    return merge(organization=branch, successor=successor, **DEED)


def places(*rows):
    for row in rows:
        row.refresh_from_db()
    return [row.organization for row in rows]


@pytest.mark.parametrize(
    "make",
    [ProjectFactory, PledgeFactory, NeedFactory, ClaimTaskFactory, ContactFactory, FiledPlanFactory,
     MassOrganizationFactory],
)  # fmt: skip
def test_o01_what_is_open_goes_to_the_successor(branch, successor, make):
    row = make(organization=branch)

    absorbed(branch, successor)

    assert places(row) == [successor]
    assert AuditEntry.objects.filter(verb="移交", object_id=row.pk, organization_id=successor.pk).count() == 1


def test_o01_what_is_closed_stays_as_history(branch, successor):
    plan = ApprovedPlanFactory(organization=branch)
    project = ProjectFactory(organization=branch, state="abandoned")
    contact = ContactFactory(organization=branch, ended_on=date(2026, 3, 5))

    absorbed(branch, successor)

    assert places(plan, project, contact) == [branch] * 3


def test_o01_the_change_tells_how_many(branch, successor):
    ProjectFactory.create_batch(2, organization=branch)

    change = absorbed(branch, successor)

    assert ["移交的项目", 2] in [list(each) for each in change.effects]
    assert {words for words, _ in STEPS} & {words for words, _ in change.effects} == {"移交的项目"}
    assert WorkNote.objects.filter(verb="hand_on", label="移交").count() == 2


def test_o01_one_of_the_same_name_stays_where_the_successor_has_it_already(branch, successor):
    old, own = ProjectFactory(organization=branch, title="同名"), ProjectFactory(organization=successor, title="同名")

    absorbed(branch, successor)

    assert places(old, own) == [branch, successor]


def test_o01_a_plan_beside_the_successors_own_is_nobodys_to_judge(branch, successor):
    old, own = FiledPlanFactory(organization=branch), FiledPlanFactory(organization=successor)

    absorbed(branch, successor)

    assert places(old, own) == [branch, successor]
    assert (old.state, own.state) == ("returned", "submitted")
    assert "承接党支部承接" in old.remark


def test_o01_applications_of_members_go_along_and_one_of_the_organisation_is_withdrawn(one, branch, successor):
    own = ApplicationFactory(contest=ContestFactory(issuer=one), organization=branch)
    member = MembershipFactory(organization=branch).member
    post = ApplicationFactory(contest=ContestFactory(issuer=one, subject="member"), organization=branch, member=member)

    absorbed(branch, successor)

    assert (places(own, post), own.state, post.state) == ([branch, successor], "withdrawn", "recommended")


def test_o01_a_need_changes_both_its_sides(one, branch, successor):
    taken_in = NeedFactory(organization=branch, owner=one)
    seen_to = NeedFactory(organization=one, owner=branch)

    absorbed(branch, successor)

    assert places(taken_in, seen_to) == [successor, one]
    assert (taken_in.owner, seen_to.owner) == (one, successor)


def test_o01_contacts_with_it_go_on_with_the_successor_and_one_between_the_two_ends(one, branch, successor):
    from_outside = ContactFactory(organization=one, partner_organization=branch, partner="旧名")
    between = ContactFactory(organization=successor, partner_organization=branch)

    absorbed(branch, successor)

    assert places(from_outside, between) == [one, successor]
    assert (from_outside.partner_organization, from_outside.partner) == (successor, "承接党支部")
    assert (between.partner_organization, between.ended_on) == (branch, DEED["effective_on"])


def test_o01_agreements_that_nobody_can_sign_are_void(one, branch, successor):
    waiting = AgreementFactory(organization=branch, superior=one)

    absorbed(branch, successor)

    waiting.refresh_from_db()
    assert waiting.state == "void"


def test_o01_what_it_published_goes_on_with_the_successor(branch, successor):
    topic, contest = TopicFactory(issuer=branch), ContestFactory(issuer=branch)
    call, info = CallFactory(issuer=branch), SentInfoFactory(receiver=branch)

    absorbed(branch, successor)

    for row in (topic, contest, call, info):
        row.refresh_from_db()
    assert [topic.issuer, contest.issuer, call.issuer, info.receiver] == [successor] * 4


def test_o01_a_dissolved_organisation_leaves_it_to_the_unit_above(one, branch):
    project, need = ProjectFactory(organization=branch), NeedFactory(organization=branch, owner=branch)

    change = dissolve(organization=branch, **DEED)

    assert places(project, need) == [one, one]
    assert (need.owner, ["移交的实事", 1] in [list(each) for each in change.effects]) == (one, True)


def test_x06_what_it_had_completed_by_a_register_stays_so_when_the_register_goes_over(branch, successor, target):
    """Its plan counts for the successor from now on; its own task keeps what was done."""
    target.metric, target.audience_kinds = "plan.filed", ["branch"]
    target.save()
    year = {"period": "2026", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "metric": "plan.filed"}
    own = AssignmentFactory(target=target, organization=branch, needed=1, **year)
    heir = AssignmentFactory(target=target, organization=successor, needed=1, **year)
    FiledPlanFactory(organization=branch)
    recount_open(by=SYSTEM)
    assert [read(own).state, read(heir).state] == ["done", "open"]

    absorbed(branch, successor)
    recount_open(by=SYSTEM)

    assert [read(own).state, read(heir).state] == ["done", "done"]
