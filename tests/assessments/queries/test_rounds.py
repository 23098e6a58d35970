"""Lists and counts of rounds."""

from datetime import date
from decimal import Decimal

import pytest

from assessments.enums import RoundStatus
from assessments.models import Submission
from assessments.queries import rounds
from assessments.queries.counts import sheets_waiting
from branches.enums import Role
from branches.permissions import Grant, Scope
from campaigns.enums import CampaignStatus
from partybuild.lib import clock
from tests.factories.assessments import ResultFactory, RoundFactory, SubmissionFactory
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory
from tests.factories.campaigns import CampaignFactory

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 10)


def scope(organization, role=Role.SECRETARY) -> Scope:
    grant = Grant(1, organization.pk, organization.path, role)
    return Scope(user_id=1, grant=grant, grants=(grant,))


@pytest.fixture
def tree():
    root = OrganizationFactory()
    committee = CommitteeFactory(parent=root)
    return root, committee, BranchFactory(parent=committee)


def test_what_waits_for_a_branch_is_its_self_check_once_it_is_open(tree):
    root, _, branch = tree
    sheet = SubmissionFactory(round__scheme__campaign__issuer=root, organization=branch)

    assert list(rounds.waiting_sheets(scope(branch), JUNE)) == [sheet]
    assert not rounds.waiting_sheets(scope(branch), date(2026, 6, 7)).exists()
    assert not rounds.waiting_sheets(scope(branch, Role.LEADER), JUNE).exists()

    Submission.objects.update(self_checked_at=clock.now())
    assert not rounds.waiting_sheets(scope(branch), JUNE).exists()


def test_what_waits_for_a_committee_is_the_check_right_below_it(tree):
    root, committee, branch = tree
    round_ = RoundFactory(scheme__campaign__issuer=root, status=RoundStatus.CHECK)
    below = SubmissionFactory(round=round_, organization=branch)
    own = SubmissionFactory(round=round_, organization=committee)
    SubmissionFactory(round=round_, organization__parent=committee, checked_at=clock.now())

    assert list(rounds.waiting_sheets(scope(committee, Role.STAFF), JUNE)) == [below]
    assert list(rounds.waiting_sheets(scope(root, Role.STAFF), JUNE)) == [own]


def test_the_menu_counts_for_those_who_have_something_to_do(tree, move_clock):
    move_clock("2026-06-10T09:00:00+08:00")
    root, _, branch = tree
    SubmissionFactory(round__scheme__campaign__issuer=root, organization=branch)

    assert sheets_waiting(scope(branch)) == 1
    assert sheets_waiting(scope(root, Role.STAFF)) == 0
    assert sheets_waiting(scope(root, Role.LEADER)) is None


def test_campaigns_to_score_are_published_ones_of_ones_own(tree):
    root, committee, _ = tree
    own = CampaignFactory(issuer=committee)
    CampaignFactory(issuer=root)
    CampaignFactory(issuer=committee, status=CampaignStatus.DRAFT)

    assert list(rounds.campaigns_to_score(scope(committee, Role.STAFF))) == [own]
    assert not rounds.campaigns_to_score(scope(committee)).exists()


def test_open_rounds_are_those_not_published():
    open_round = RoundFactory()
    RoundFactory(status=RoundStatus.PUBLISHED, published_at=clock.now(), result_hash="0" * 64)

    assert list(rounds.open_rounds()) == [open_round]


def test_a_standing_before_publication_is_reckoned_from_the_totals():
    round_ = RoundFactory()
    totals = [Decimal(90), Decimal(95), Decimal(90), None]
    sheets = [SubmissionFactory(round=round_, total=total) for total in totals]
    SubmissionFactory(round=round_, organization=CommitteeFactory(), total=Decimal(50))

    found = {sheet.pk: (sheet.rank, sheet.grade) for sheet in rounds.standings(round_).filter(kind="branch")}

    assert found == dict(
        zip((sheet.pk for sheet in sheets), [(2, "good"), (1, "good"), (2, "good"), (None, "")], strict=True)
    )


def test_a_published_standing_is_the_frozen_one():
    round_ = RoundFactory(status=RoundStatus.PUBLISHED, published_at=clock.now(), result_hash="0" * 64)
    sheet = SubmissionFactory(round=round_, total=Decimal(10))
    ResultFactory(round=round_, organization=sheet.organization, total=Decimal("86.5"), rank=7, grade="fair")

    (row,) = rounds.standings(round_)

    assert (row.rank, row.grade) == (7, "fair")


def test_progress_counts_sheets_by_stage():
    round_ = RoundFactory()
    SubmissionFactory(round=round_, self_checked_at=clock.now(), checked_at=clock.now())
    SubmissionFactory(round=round_, self_checked_at=clock.now(), ungraded=2)
    SubmissionFactory(round=round_)

    found = rounds.progress_of(Submission.objects.filter(round=round_))

    assert (found.sheets, found.self_checked, found.checked, found.ungraded) == (3, 2, 1, 1)


def test_units_are_the_superiors_of_the_sheets(tree):
    _, committee, branch = tree
    SubmissionFactory(organization=branch)

    assert rounds.units_in(Submission.objects.all()) == [(committee.pk, committee.name)]
