from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.actions.care import add_visit, end_case, open_case
from members.models import CareCase
from members.queries.care import care_group_ids
from tests.factories.branches import BranchFactory
from tests.factories.members import MemberFactory
from tests.factories.restricted import CareCaseFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
DAY = date(2026, 3, 5)


def opened(member=None, **changed):
    given = {"group": "hardship", "need": "家庭困难详情", "starts_on": DAY}
    return open_case(
        by=SYSTEM, member=member or MemberFactory(name="周知"), organization=BranchFactory(), **{**given, **changed}
    )


def test_o14_a_case_is_opened_and_the_trail_names_neither_who_nor_why(trail):
    case = opened()

    assert (case.group, case.need) == ("hardship", "家庭困难详情")
    entry = trail().get()
    assert (entry.verb, entry.object_label, entry.detail) == ("登记关怀帮扶对象", f"关怀帮扶 {case.pk}", {})


def test_o14_a_member_belongs_to_a_group_once():
    member = opened().member

    with pytest.raises(ValidationError, match="已在这一类"):
        opened(member)
    opened(member, group="retired")


def test_o14_a_case_ends_once():
    case = opened()
    end_case(by=SYSTEM, case=case, ends_on=date(2026, 3, 6))

    assert CareCase.objects.get().ends_on == date(2026, 3, 6)
    with pytest.raises(ValidationError, match="已经结束"):
        end_case(by=SYSTEM, case=case, ends_on=date(2026, 3, 6))
    with pytest.raises(ValidationError, match="早于开始日期"):
        end_case(by=SYSTEM, case=opened(), ends_on=date(2026, 3, 4))


def test_o14_help_is_given_with_or_without_money():
    case = opened()

    add_visit(by=SYSTEM, case=case, visited_on=DAY, help="走访慰问", amount=Decimal("500.00"))
    add_visit(by=SYSTEM, case=case, visited_on=DAY, help="谈心")

    assert sorted(case.visits.values_list("amount", flat=True), key=str) == [Decimal("500.00"), None]
    with pytest.raises(ValidationError, match="早于登记"):
        add_visit(by=SYSTEM, case=case, visited_on=date(2026, 3, 4), help="走访")
    with pytest.raises(ValidationError):
        add_visit(by=SYSTEM, case=case, visited_on=DAY, help="走访", amount=Decimal("-1"))


def test_o14_a_group_on_a_day_as_an_audience():
    inside = CareCaseFactory(group="retired")
    CareCaseFactory(group="retired", ends_on=DAY)
    CareCaseFactory(group="mobile")

    assert set(care_group_ids("retired", DAY)) == {inside.member_id}
