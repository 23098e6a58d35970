"""Rows by COPY are the rows that were meant, and what the database refuses it still refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from members.models import Member, Membership
from partybuild.lib.copying import copy_columns, next_ids
from tests.factories.branches import BranchFactory

pytestmark = pytest.mark.django_db

ODD = '逗,"引\\N\\.\r\n\t号'


def members(**columns):
    return copy_columns(Member, {"name": ["甲", "乙"], "sex": ["male", "female"], **columns})


def test_values_come_back_as_they_were_given():
    count = members(
        id=next_ids(Member, 2), remark=[ODD, ""], born_on=[date(1980, 5, 6), None], phone=["13800001234", ""],
        phone_hash=["x", None],
    )  # fmt: skip

    first, second = Member.objects.order_by("name").reverse().values_list("remark", "born_on", "phone", "phone_hash")
    assert count == 2
    assert {first, second} == {(ODD, date(1980, 5, 6), "13800001234", "x"), ("", None, "", None)}


def test_a_column_not_given_has_its_default():
    members()

    assert set(Member.objects.values_list("ethnicity", "kind", "job", "user")) == {("汉族", "probationary", "", None)}


def test_an_encrypted_value_is_not_readable_in_its_column():
    members(phone=["13800001234", ""])

    stored = set(Member.objects.extra(select={"raw": "phone"}).values_list("raw", flat=True))
    assert "" in stored
    assert not any("13800001234" in one for one in stored)


def test_fresh_keys_are_not_given_twice():
    first, second = next_ids(Member, 3), next_ids(Member, 3)

    assert len({*first, *second}) == 6
    assert next_ids(Member, 0) == []


def test_no_rows_are_nothing():
    assert copy_columns(Member, {"name": [], "sex": []}) == 0


def test_constraints_refuse_what_they_refuse_elsewhere():
    with pytest.raises(IntegrityError, match="member_sex_known"), transaction.atomic():
        members(sex=["male", "none"])
    members(id=(ids := next_ids(Member, 2)))
    branch, day = BranchFactory().pk, date(2026, 1, 1)
    twice = {"member_id": [ids[0], ids[0]], "organization_id": [branch, branch], "starts_on": [day, day]}
    with pytest.raises(IntegrityError, match="membership_one_live"), transaction.atomic():
        copy_columns(Membership, twice)
    assert (Member.objects.count(), Membership.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"phone_hash": ["", "x"]}, "phone_hash cannot hold ''"),
        ({"remark": [None, ""]}, "remark cannot hold None"),
        ({"nothing": [1, 2]}, "unknown .'nothing'"),
        ({"remark": ["one"]}, "of .1, 2. rows"),
    ],
)
def test_what_copy_would_turn_into_something_else_is_refused(columns, reason):
    with pytest.raises(ValueError, match=reason):
        members(**columns)
