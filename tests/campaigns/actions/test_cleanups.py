"""Clean-ups (R06): drawn up, begun, self-checked class by class, ended with a report."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.enums import Role
from branches.queries.access import scope_of
from campaigns.actions.cleanups import begin_cleanup, check_class, draw_up_cleanup, end_cleanup
from campaigns.models import CleanupCheck, Problem
from campaigns.queries.cleanups import class_lines, cleanups_to_check, place_lines, report_of
from campaigns.rules.cleanups import OFFERS, CleanupState
from office.models import Notice
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.problems import CleanupFactory, ClosedFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee)


@pytest.fixture
def staff(committee):
    return actor(make_user_with_post(Role.STAFF, committee))


@pytest.fixture
def secretary(branch):
    return actor(make_user_with_post(Role.SECRETARY, branch))


def test_r06_the_sources_name_six_six_four_and_four_classes():
    assert [(offer.code, len(offer.classes)) for offer in OFFERS] == [
        ("six", 6), ("weak", 6), ("lamp", 4), ("four_winds", 4),
    ]  # fmt: skip


def test_r06_one_is_drawn_up_once_and_those_addressed_are_told_when_it_begins(committee, branch, staff, secretary):
    values = {
        "name": "纠正“四风”专项整治", "classes": ["形式主义", "官僚主义"], "starts_on": TODAY,
        "check_by": date(2026, 3, 31), "ends_on": date(2026, 6, 30), "audience_kinds": ["branch"],
    }  # fmt: skip
    cleanup = draw_up_cleanup(by=staff, issuer=committee, **values)
    assert draw_up_cleanup(by=staff, issuer=committee, **values) == cleanup
    begin_cleanup(by=staff, cleanup=cleanup)
    assert Notice.objects.get().user_id == secretary.user_id
    with pytest.raises(ValidationError, match="进行中"):
        begin_cleanup(by=staff, cleanup=cleanup)


def test_r06_dates_in_order(committee, staff):
    with pytest.raises(ValidationError) as refusal:
        draw_up_cleanup(
            by=staff, issuer=committee, name="整治", classes=["懒"], starts_on=TODAY, check_by=date(2026, 3, 4),
            ends_on=TODAY, audience_kinds=["branch"],
        )  # fmt: skip
    assert "check_by" in refusal.value.message_dict


def test_r06_what_is_found_goes_into_the_ledger(committee, branch, secretary):
    cleanup = CleanupFactory(issuer=committee)
    values = {"by": secretary, "cleanup": cleanup, "organization": branch, "word": "逐项对照"}
    check_class(name="治庸", is_found=True, problems=["业务不熟", "业务不熟", "调研少"], **values)
    check_class(name="治懒", is_found=False, **values)
    assert list(Problem.objects.values_list("text", "origin", "cleanup_class")) == [
        ("业务不熟", "cleanup", "治庸"), ("调研少", "cleanup", "治庸"),
    ]  # fmt: skip
    assert CleanupCheck.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "field"), [({"name": "治散"}, "name"), ({"word": ""}, "word"), ({"is_found": True}, "problems")]
)
def test_r06_a_self_check_that_is_not_whole_is_refused(committee, branch, secretary, values, field):
    usual = {"name": "治庸", "is_found": False, "word": "逐项对照"}
    with pytest.raises(ValidationError) as refusal:
        check_class(by=secretary, cleanup=CleanupFactory(issuer=committee), organization=branch, **usual | values)
    assert field in refusal.value.message_dict


def test_r06_progress_by_class_and_by_organisation(committee, branch, staff, secretary):
    cleanup = CleanupFactory(issuer=committee)
    other = BranchFactory(parent=committee)
    check_class(
        by=secretary, cleanup=cleanup, organization=branch, name="治庸", is_found=True, word="有", problems=["业务不熟"]
    )
    ClosedFactory(organization=branch, cleanup=cleanup, cleanup_class="治庸", origin="cleanup")
    scope = scope_of(staff.user_id, TODAY)
    assert [(line.name, line.found, line.clear, line.raised, line.closed) for line in class_lines(scope, cleanup)] == [
        ("治庸", 1, 0, 2, 1), ("治懒", 0, 0, 0, 0),
    ]  # fmt: skip
    assert [(line.organization, line.checked, line.state) for line in place_lines(scope, cleanup)] == [
        (other, 0, "未自查"), (branch, 1, "自查中"),
    ]  # fmt: skip
    assert cleanups_to_check(scope_of(secretary.user_id, TODAY)) == 1


def test_r06_it_ends_with_a_summary_and_a_report(committee, staff):
    cleanup = CleanupFactory(issuer=committee)
    with pytest.raises(ValidationError, match="整治小结"):
        end_cleanup(by=staff, cleanup=cleanup, summary="")
    cleanup = end_cleanup(by=staff, cleanup=cleanup, summary="整治取得成效。")
    assert (cleanup.state, cleanup.ended_on) == (CleanupState.ENDED, TODAY)
    report = report_of(scope_of(staff.user_id, TODAY), cleanup)
    assert cleanup.name in report.title
    assert "整治取得成效。" in [getattr(block, "text", "") for block in report.blocks]


def test_r06_after_its_end_nothing_is_checked(committee, branch, staff, secretary):
    cleanup = end_cleanup(by=staff, cleanup=CleanupFactory(issuer=committee), summary="结束")
    with pytest.raises(ValidationError, match="已结束"):
        check_class(by=secretary, cleanup=cleanup, organization=branch, name="治庸", is_found=False, word="无")
