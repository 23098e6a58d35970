"""Each constraint of the floor, held against a row that breaks it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from branches.models import Post
from tests.factories.branches import (
    LONG_AGO_AT,
    AuditEntryFactory,
    BranchFactory,
    OrganizationChangeFactory,
    OrganizationFactory,
    PostFactory,
    UploadFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def refused(name, make, /, **kwargs):
    """Whether the database refuses by the constraint of this name."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make(**kwargs)
    assert name in str(error.value)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("organization_kind_known", {"kind": "club"}),
        ("organization_has_name", {"name": ""}),
        ("organization_dates_in_order", {"founded_on": date(2020, 1, 2), "dissolved_on": date(2020, 1, 1)}),
        ("organization_path_form", {"path": "1/2"}),
        ("organization_path_form", {"path": ""}),
    ],
)
def test_organization(name, fields):
    refused(name, OrganizationFactory, **fields)


def test_a_path_belongs_to_one_organization():
    taken = OrganizationFactory()

    refused("organization_path_once", OrganizationFactory, path=taken.path)


def test_a_code_belongs_to_one_organization():
    OrganizationFactory(code="A1")

    refused("code", OrganizationFactory, code="A1")


def test_an_organization_with_others_below_stays():
    branch = BranchFactory()

    with pytest.raises(ProtectedError):
        branch.parent.delete()


def test_organization_change():
    refused("organization_change_kind_known", OrganizationChangeFactory, kind="unknown")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("post_role_known", {"role": "king"}),
        ("post_dates_in_order", {"starts_on": date(2020, 1, 2), "ends_on": date(2020, 1, 1)}),
    ],
)
def test_post(name, fields):
    refused(name, PostFactory, **fields)


def test_an_open_post_is_held_once():
    held = PostFactory()

    refused("post_open_once", PostFactory, user=held.user, organization=held.organization, role=held.role)


@pytest.mark.parametrize("role", ["secadmin", "auditor"])
def test_r17_officers_exclude_one_another_over_overlapping_days(role):
    held = PostFactory(role="sysadmin", starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))

    refused("post_officers_exclude", PostFactory, user=held.user, role=role, starts_on=date(2020, 12, 31))


def test_officers_may_follow_one_another_and_hold_other_posts():
    held = PostFactory(role="sysadmin", starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    PostFactory(user=held.user, role="auditor", starts_on=date(2021, 1, 1))
    PostFactory(user=held.user, role="member", starts_on=date(2020, 1, 1))
    PostFactory(user=held.user, role="sysadmin", starts_on=date(2020, 1, 1), ends_on=date(2020, 6, 1))

    assert Post.objects.filter(user=held.user).count() == 4


def test_user():
    refused("user_has_login", UserFactory, login="")


def test_a_login_belongs_to_one_user():
    UserFactory(login="limin")

    refused("login", UserFactory, login="limin")


def test_a_user_with_posts_stays():
    held = PostFactory()

    with pytest.raises(ProtectedError):
        held.user.delete()


@pytest.mark.parametrize(
    ("name", "fields"), [("audit_channel_known", {"channel": "pigeon"}), ("audit_result_known", {"result": "perhaps"})]
)
def test_audit_entry(name, fields):
    refused(name, AuditEntryFactory, **fields)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("upload_kind_known", {"kind": "songs"}),
        ("upload_status_known", {"status": "lost", "finished_at": LONG_AGO_AT}),
        ("upload_finished_has_time", {"status": "done"}),
    ],
)
def test_upload(name, fields):
    refused(name, UploadFactory, **fields)


@pytest.mark.parametrize(("kind", "is_two_sided"), [("merged", False), ("split_off", False), ("dissolved", True)])
def test_o01_a_merger_or_split_has_two_sides_and_nothing_else_has(kind, is_two_sided):
    other = OrganizationFactory() if is_two_sided else None

    with pytest.raises(IntegrityError, match="organization_change_two_sided"):
        OrganizationChangeFactory(kind=kind, other=other)
