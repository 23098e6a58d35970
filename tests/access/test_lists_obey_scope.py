"""Row 14: no list, count, search, completion, export or dashboard names what lies outside the scope."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest

from branches.models import Organization
from members.models import Member, Membership
from tests.access.walk import VIEWERS, ask_for_bytes, built_world, table

pytestmark = pytest.mark.django_db

OUTSIDE, PERSON = "界外组织", "界外人员"
# What is shown to others on purpose, each with the reason.
SHOWN = {
    "members:transfer_list": "a transfer names both of its sides, and whom it is about",
    "members:transfer_export": "as the list of transfers",
}


@pytest.fixture
def world():
    """Objects of every kind, those beside and beyond under names that give them away."""
    made = built_world("desk")
    beyond = [made.committee_b, made.branch_b, made.other_root, made.other_committee, made.other_branch]
    for row in table().values():
        for place in [made.committee, made.branch, *beyond]:
            if row.at is not None:
                row.at(made, place)
    kept = Organization.objects.filter(path__startswith=made.committee.path)
    outside = Organization.objects.exclude(pk__in=kept.values("pk")).exclude(pk=made.root.pk)
    inside = Member.objects.filter(memberships__organization__in=kept).values("pk")
    Member.objects.filter(memberships__organization__in=outside).exclude(pk__in=inside).update(
        name=PERSON, initials="jwry"
    )
    for organization in outside:
        name = f"{OUTSIDE}{organization.pk}"
        Organization.objects.filter(pk=organization.pk).update(name=name, short_name=name)
    return made


def text_of(content: bytes) -> str:
    """What a page or a workbook says; the parts of an archive one after the other."""
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace")


def told_of_others(world, viewer: str, names: Iterable[str]) -> list[str]:
    wrong = []
    declared = table()
    for name in names:
        row = declared[name]
        methods = [method for method in ("get", "post") if row.at is None and row.codes(method)[viewer] == 200]
        for method in methods:
            said = text_of(ask_for_bytes(world, viewer, method, name, row, row.arguments(world)))
            wrong += [f"{method.upper()} {name} as {viewer}: {word}" for word in (OUTSIDE, PERSON) if word in said]
    return [line for line in wrong if line.split()[1] not in SHOWN]


@pytest.mark.parametrize("viewer", VIEWERS)
def test_r14_no_page_names_what_lies_outside(world, viewer):
    assert told_of_others(world, viewer, table()) == []


def test_r14_negative_control_a_scope_that_holds_for_nobody(world, monkeypatch):
    """With one model seen by everybody, its list gives the others away."""
    queryset = type(Membership.objects.all())
    monkeypatch.setattr(queryset, "visible_to", lambda rows, scope, permission=None: rows.all())

    assert f"GET members:member_list as staff: {PERSON}" in told_of_others(world, "staff", ["members:member_list"])
