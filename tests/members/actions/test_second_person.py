"""Nobody decides on what he asked for: at the top of a tree, where no superior is, a second person does."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from branches.queries.access import scope_of
from members.actions import matters, transfers
from members.actions.dues_bases import decide_base, set_base
from members.queries.dues_lists import waiting_exemptions
from members.queries.transfers import steps_of, waiting_count
from members.rules.second_person import is_own_asking
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, OrganizationFactory, actor, make_user_with_post
from tests.factories.members import MembershipFactory
from tests.factories.transfers import TransferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def top():
    return OrganizationFactory()


@pytest.fixture
def asker(top):
    return make_user_with_post("staff", top)


@pytest.fixture
def second(top):
    return make_user_with_post("staff", top)


@pytest.fixture
def branch(top):
    return BranchFactory(parent=top)


@pytest.fixture
def transfer(top, asker, branch):
    return TransferFactory(from_organization=branch, state="started", sent_on=None, asker=top, started_by=asker)


def scope(user):
    return scope_of(user.pk, clock.today())


def test_o06_at_the_top_another_one_approves_a_transfer(transfer, asker, second):
    with pytest.raises(ValidationError, match="另一名同志"):
        transfers.approve_transfer(by=actor(asker), transfer=transfer)

    assert transfers.approve_transfer(by=actor(second), transfer=transfer).approved_by == second


def test_o06_the_pages_offer_it_to_the_other_one_only(transfer, asker, second):
    offered = [("approve" in steps_of(scope(user), transfer), waiting_count(scope(user))) for user in (asker, second)]

    assert offered == [(False, 0), (True, 1)]


def test_o06_under_another_post_he_is_still_the_asker(transfer, asker, branch):
    """Asked at the branch, and not to be approved by the same person as staff of the superior."""
    transfer.asker = branch
    transfer.save()

    with pytest.raises(ValidationError, match="另一名同志"):
        transfers.approve_transfer(by=actor(asker), transfer=transfer)


def test_o07_at_the_top_another_one_approves_an_exemption(top, asker, second, branch):
    member = MembershipFactory(organization=branch).member
    asked = set_base(by=actor(asker), member=member, organization=branch, kind="exempt", amount=Decimal(0),
                     effective_from=date(2026, 3, 1), reason="家庭困难")  # fmt: skip
    assert [waiting_exemptions(scope(user)) for user in (asker, second)] == [0, 1]

    with pytest.raises(ValidationError, match="另一名同志"):
        decide_base(by=actor(asker), base=asked, organization=branch, approve=True)

    assert decide_base(by=actor(second), base=asked, organization=branch, approve=True).state == "in_force"


def test_o11_at_the_top_another_one_answers(top, asker, second):
    today = clock.today()
    matter = matters.register_matter(
        by=actor(asker), organization=top, kind="request", title="召开党代会", happened_on=today, reported_on=today
    )
    assert matter.reported_by == asker

    with pytest.raises(ValidationError, match="另一名同志"):
        matters.answer_matter(by=actor(asker), matter=matter, answer="同意。")

    assert matters.answer_matter(by=actor(second), matter=matter, answer="同意。").answered_by == second


@pytest.mark.parametrize(
    ("asker_id", "asked_by_id", "is_top", "expected"),
    [
        (None, None, False, False),
        (7, None, False, True),
        (7, None, True, False),
        (8, 1, True, True),
        (8, 1, False, True),
        (8, 2, False, False),
        (8, 3, True, True),
    ],
)
def test_o06_whose_asking_it_is(asker_id, asked_by_id, is_top, expected):
    """Person 1 under a post at organisation 7, acting for person 3."""
    from branches.permissions import Actor

    by = Actor(user_id=1, organization_id=7, acting_for_id=3)
    assert is_own_asking(by, asker_id=asker_id, asked_by_id=asked_by_id, is_top=is_top) is expected
