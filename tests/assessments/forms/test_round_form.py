"""What the form of a round proposes before anybody types."""

import pytest

from assessments.forms.rounds import RoundForm
from branches.queries.access import scope_of
from partybuild.lib import clock
from tests.factories.branches import OrganizationFactory, make_user_with_post
from tests.factories.campaigns import CampaignFactory

pytestmark = pytest.mark.django_db


class TestProposal:
    """What the form proposes before anybody types."""

    @pytest.mark.parametrize(
        ("today", "part", "has_hint"),
        [("2026-06-10", "H1", True), ("2026-06-30", "H1", True), ("2026-07-01", "year", False)],
    )
    def test_the_part_fits_the_day(self, move_clock, today, part, has_hint):
        move_clock(f"{today}T09:00:00+08:00")
        root = OrganizationFactory()
        scope = scope_of(make_user_with_post("staff", root), clock.today())
        form = RoundForm(scope=scope)
        assert form["part"].initial == part
        assert bool(form["final_by"].help_text) is has_hint

    def test_the_only_campaign_is_chosen(self):
        root = OrganizationFactory()
        campaign = CampaignFactory(issuer=root)
        scope = scope_of(make_user_with_post("staff", root), clock.today())
        assert RoundForm(scope=scope)["campaign"].initial == campaign.pk
        CampaignFactory(issuer=root)
        assert RoundForm(scope=scope)["campaign"].initial is None
