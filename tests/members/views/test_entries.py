"""Row 38, X13: what an entry of the trail tells of a deed done for another."""

from datetime import date

import pytest

from branches.actions.acting import open_acting
from members.models import DuesUse
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post

pytestmark = pytest.mark.django_db


def test_r38_who_under_which_post_for_whom_from_where_what_and_how_it_ended(client, trail, move_clock):
    move_clock("2026-03-16T09:00:00+08:00")
    branch = BranchFactory(parent=CommitteeFactory())
    principal, deputy = make_user_with_post("secretary", branch), make_user_with_post("member", branch)
    held = open_acting(
        by=actor(principal), post=principal.posts.get(), deputy=deputy, starts_on=date(2026, 3, 16),
        ends_on=date(2026, 3, 20), reason="休假",
    )  # fmt: skip
    client.force_login(deputy, "django.contrib.auth.backends.ModelBackend")
    client.post("/accounts/post/", {"post": held.pk})
    given = {"used_on": "2026-03-10", "purpose": "购书", "amount": "86.50", "evidence": "记字第 3 号"}

    client.post(f"/members/dues/uses/new/{branch.pk}/", given, REMOTE_ADDR="10.1.2.3")

    use, entry = DuesUse.objects.get(), trail().get(verb="登记党费使用")
    assert (entry.user_id, entry.acting_for_id, entry.post_id) == (deputy.pk, principal.pk, held.pk)
    assert (entry.address, entry.channel, entry.result) == ("10.1.2.3", "web", "done")
    assert (entry.object_type, entry.object_id, entry.organization_id) == ("members.DuesUse", use.pk, branch.pk)
    assert entry.at.isoformat() == "2026-03-16T01:00:00+00:00"
