"""Risk points: registered, changed, reviewed, reminded of (O13)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from branches.enums import Role
from branches.models import AuditEntry
from branches.permissions import Actor
from members.actions import risks
from members.enums import RiskLevel, RiskVerdict
from members.models import RiskPoint, RiskReview
from members.queries.risks import overdue_risks
from office.models import Notice
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, actor, make_user_with_post
from tests.factories.members import MembershipFactory
from tests.factories.members_standards import RiskPointFactory, RiskReviewFactory

pytestmark = pytest.mark.django_db
FOUND = date(2026, 3, 2)


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def secretary(branch):
    return make_user_with_post(Role.SECRETARY, branch)


def values(branch, **changes):
    member = MembershipFactory(organization=branch).member
    return {
        "post": "采购岗", "field": "物资采购", "link": "验收", "description": "验收走过场。", "level": RiskLevel.HIGH,
        "measures": "三人验收。", "responsible": member, **changes,
    }  # fmt: skip


def test_o13_a_point_is_registered_once(branch, secretary):
    given = values(branch)
    risk = risks.register_risk(by=actor(secretary), organization=branch, found_on=FOUND, **given)
    with pytest.raises(ValidationError, match="已经登记"):
        risks.register_risk(by=actor(secretary), organization=branch, found_on=FOUND, **given)

    assert RiskPoint.objects.get() == risk
    assert AuditEntry.objects.get(verb="登记廉政风险点").object_id == risk.pk


def test_o13_no_point_of_tomorrow(branch, secretary):
    with pytest.raises(ValidationError, match="不能晚于今天"):
        risks.register_risk(by=actor(secretary), organization=branch, found_on=date(2100, 1, 1), **values(branch))


def test_o13_editing_is_no_review(branch, secretary):
    risk = RiskPointFactory(organization=branch)
    risk = risks.edit_risk(by=actor(secretary), risk=risk, level=RiskLevel.HIGH)
    assert (risk.level, risk.reviewed_on) == (RiskLevel.HIGH, None)


def test_o13_a_review_moves_the_day_and_what_changed(branch, secretary):
    risk = RiskPointFactory(organization=branch)
    risks.review_risk(
        by=actor(secretary), risk=risk, reviewed_on=date(2026, 5, 6), verdict=RiskVerdict.CHANGED, note="人员调整。",
        level=RiskLevel.LOW, measures="",
    )  # fmt: skip
    risk.refresh_from_db()
    assert (risk.reviewed_on, risk.level, risk.measures) == (date(2026, 5, 6), RiskLevel.LOW, "双人复核，按月公开。")
    with pytest.raises(ValidationError, match="当日已登记"):
        risks.review_risk(by=actor(secretary), risk=risk, reviewed_on=date(2026, 5, 6), verdict=RiskVerdict.VALID)
    with pytest.raises(ValidationError, match="不能早于2026年5月6日"):
        risks.review_risk(by=actor(secretary), risk=risk, reviewed_on=FOUND, verdict=RiskVerdict.VALID)


def test_o13_a_point_that_is_gone_is_closed_with_its_reason(branch, secretary):
    risk = RiskPointFactory(organization=branch)
    day = date(2026, 5, 6)
    with pytest.raises(ValidationError, match="消除的原因"):
        risks.review_risk(by=actor(secretary), risk=risk, reviewed_on=day, verdict=RiskVerdict.CLOSED)
    risks.review_risk(by=actor(secretary), risk=risk, reviewed_on=day, verdict=RiskVerdict.CLOSED, note="岗位撤销。")

    risk.refresh_from_db()
    assert (risk.closed_on, risk.closed_reason) == (day, "岗位撤销。")
    with pytest.raises(ValidationError, match="已消除"):
        risks.edit_risk(by=actor(secretary), risk=risk, level=RiskLevel.LOW)
    assert RiskReview.objects.count() == 1


def test_o13_overdue_is_who_was_not_looked_at_for_a_year(branch):
    late = RiskPointFactory(organization=branch, found_on=date(2025, 3, 1))
    RiskPointFactory(organization=branch, found_on=date(2025, 3, 2))
    RiskPointFactory(organization=branch, found_on=date(2024, 1, 1), reviewed_on=date(2025, 9, 1))
    RiskPointFactory(
        organization=branch, found_on=date(2024, 1, 1), closed_on=date(2024, 6, 1), closed_reason="岗位撤销。"
    )
    assert list(overdue_risks(RiskPoint.objects.all(), date(2026, 3, 2))) == [late]


def test_o13_keepers_are_told_before_and_once_in_each_year_after(branch, secretary):
    risk = RiskPointFactory(organization=branch, found_on=date(2025, 3, 2))
    system = Actor.system()
    days = [date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 3), date(2026, 9, 1)]

    assert [risks.remind_risks(by=system, on=day) for day in days] == [0, 1, 0, 1, 0]
    assert risks.remind_risks(by=system, on=date(2027, 3, 2)) == 1
    assert set(Notice.objects.values_list("key", "user")) == {
        (f"risk:{risk.pk}:{key}", secretary.pk) for key in ("2026:soon", "2026:late", "2027:late")
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "grave"},
        {"measures": ""},
        {"reviewed_on": date(2000, 1, 1)},
        {"closed_on": date(2000, 1, 1), "closed_reason": "撤销。"},
        {"closed_on": date(2026, 5, 1)},
    ],
)
def test_o13_the_database_refuses_a_point(wrong):
    with pytest.raises(IntegrityError):
        RiskPointFactory(**wrong)


@pytest.mark.parametrize("wrong", [{"verdict": "gone"}, {"verdict": RiskVerdict.CLOSED}])
def test_o13_the_database_refuses_a_review(wrong):
    with pytest.raises(IntegrityError):
        RiskReviewFactory(**wrong)


def test_o13_the_database_keeps_one_review_a_day_and_one_open_point(branch):
    review = RiskReviewFactory()
    with pytest.raises(IntegrityError):
        RiskReviewFactory(risk=review.risk)


def test_o13_the_database_keeps_one_open_point(branch):
    RiskPointFactory(organization=branch, link="支付")
    with pytest.raises(IntegrityError):
        RiskPointFactory(organization=branch, link="支付")


def test_the_clock_is_after_the_days_of_this_file():
    assert clock.today() > date(2026, 5, 6)
