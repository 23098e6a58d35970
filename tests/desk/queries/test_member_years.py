"""A member's year: titles given to him (C12, O08)."""

from datetime import date

import pytest

from branches.permissions import Scope
from desk.queries.member_years import year_of_member
from tests.factories.campaigns_honours import ApplicationFactory, AwardFactory
from tests.factories.members import MembershipFactory

pytestmark = pytest.mark.django_db


def test_c12_titles_of_the_year_are_told_also_those_taken_back():
    member = MembershipFactory().member
    held = {"state": "awarded", "verified_at": "2026-03-02T09:00:00+08:00", "member": member}
    AwardFactory(application=ApplicationFactory(**held), title="优秀共产党员", awarded_on=date(2026, 7, 1))
    back = {"revoked_on": date(2026, 9, 1), "reason": "弄虚作假"}
    AwardFactory(application=ApplicationFactory(**held), title="先进个人", awarded_on=date(2026, 8, 1), **back)
    AwardFactory(application=ApplicationFactory(**held), title="往年", awarded_on=date(2025, 7, 1))

    sections = {section.title: section for section in year_of_member(member, 2026, Scope()).sections}

    assert [row[1:3] + row[4:] for row in map(list, sections["荣誉称号"].rows)] == [
        ["优秀共产党员", "", "有效"], ["先进个人", "", "2026年9月1日撤销"],
    ]  # fmt: skip
