"""The invented district."""

import hashlib

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F, Min

from branches.enums import OrganizationKind, Role
from branches.models import Organization, Post
from campaigns.enums import MeasuredBy
from campaigns.models import Activity, Assignment, Attendance, Campaign, Tally
from campaigns.queries.recount import differences, months
from campaigns.rules.metrics import METRICS
from desk.actions.demo import DemoError, make_demo
from desk.actions.demo.tree import make_tree
from desk.rules.demo.names import REGION
from members.models import Member, Office
from office.models import Document, Run
from partybuild.lib import clock, periods

UNTIL = periods.parse("2026-04")


def fingerprint() -> dict[str, str]:
    """What must be the same for the same seed, by table."""
    tables = {
        "organizations": Organization.objects.order_by("pk").values_list("path", "code", "name", "kind"),
        "members": Member.objects.order_by("pk").values_list("name", "born_on", "id_number", "converted_on"),
        "offices": Office.objects.order_by("pk").values_list("member_id", "organization_id", "kind"),
        "activities": Activity.objects.order_by("pk").values_list(
            "organization_id", "kind", "held_on", "minutes", "status", "filed_at", "needs_review"
        ),
        "attendance": Attendance.objects.order_by("pk").values_list("activity_id", "member_id", "is_present", "reason"),
        "assignments": Assignment.objects.order_by("lineage", "organization", "period").values_list(
            "lineage", "organization_id", "period", "done", "state", "outcome", "completed_at"
        ),
    }
    return {name: hashlib.sha256(repr(list(rows)).encode()).hexdigest() for name, rows in tables.items()}


def empty() -> None:
    """A database as on the first day: ids start from one again."""
    call_command("flush", interactive=False, reset_sequences=True, verbosity=0)


def every_metric_is_recounted() -> None:
    """A control of the agreement: a row of each metric of the five campaigns is made wrong, and each is found.

    Records of organisations and of persons, facts of registers and checklists are among them.
    """
    asked = Assignment.objects.exclude(state="exempt")
    wrong = {pk: metric for metric, pk in asked.order_by("metric").values_list("metric").annotate(one=Min("pk"))}
    assert {row.subject for row in asked.filter(pk__in=wrong)} >= {"organization", "member", "secretary"}
    assert {METRICS[metric].measured_by for metric in wrong.values()} == set(MeasuredBy)
    assert set(asked.values_list("campaign__template__code", flat=True)) == {"SX", "WX", "MF", "TJ", "TS"}
    with transaction.atomic():
        Assignment.objects.filter(pk__in=wrong).update(done=F("done") + 3)
        found = {each.id for month in months() for each in differences(month) if each.what == "完成数"}
        transaction.set_rollback(True)
    assert {wrong[pk] for pk in set(wrong) - found} == set()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_seed_gives_the_same_year_and_every_kind_of_outcome(tmp_path):
    accounts = tmp_path / "accounts.txt"
    empty()
    made = make_demo(scale="small", seed=1, until=UNTIL, accounts_file=accounts)
    first = fingerprint()

    assert (made.organizations, Campaign.objects.published().count()) == (Organization.objects.count(), 5)
    assert set(Activity.objects.values_list("status", flat=True)) >= {"filed", "approved"}
    assert set(Assignment.objects.filter(due_month="2026-03").values_list("outcome", flat=True)) >= {
        "on_time",
        "missing",
    }
    closed = Tally.objects.exclude(frozen_at=None).values_list("due_month", flat=True).distinct()
    assert set(closed) >= {"2026-01", "2026-02", "2026-03"}
    assert Run.objects.exclude(status="done").count() == 0
    assert Document.objects.filter(status="issued").exists()
    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values)
    # Every counter of the five campaigns, counted again in plain SQL.
    call_command("recount", verbosity=0)
    every_metric_is_recounted()
    lines = [line.split("\t") for line in accounts.read_text(encoding="utf-8").splitlines()]
    assert {line[2] for line in lines} == set(Role.values)
    assert oct(accounts.stat().st_mode)[-3:] == "600"

    with pytest.raises(DemoError, match="已有党组织"):
        make_demo(scale="small", seed=1, until=UNTIL, accounts_file=accounts)

    empty()
    make_demo(scale="small", seed=1, until=UNTIL, accounts_file=accounts)
    assert fingerprint() == first


@pytest.mark.django_db
def test_the_district_has_the_shape_that_was_asked_for():
    from random import Random

    from desk.actions.demo.make import SCALES

    with clock.pretending(clock.start_of_day(UNTIL.starts_on)):
        tree = make_tree(Random("1"), SCALES["district"], UNTIL.ends_on)
    kinds = [organization.kind for organization in tree.organizations]
    assert kinds.count(OrganizationKind.WORK_COMMITTEE) == 1
    assert kinds.count(OrganizationKind.COMMITTEE) == 12
    assert kinds.count(OrganizationKind.BRANCH) == 60
    general = next(each for each in tree.organizations if each.kind == OrganizationKind.GENERAL_BRANCH)
    assert Organization.objects.filter(parent=general).count() == 2
    assert Organization.objects.filter(parent=tree.root, kind=OrganizationKind.BRANCH).count() == 1
    assert sum(1 for branch in tree.branches if branch.groups) == 10
    assert 800 <= len(tree.members) <= 1050
    assert all(member.id_number.startswith(REGION) for member in tree.members)
    assert len({member.id_number for member in tree.members}) == len(tree.members)
