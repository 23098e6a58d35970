"""Organisations with right paths, accounts, posts opened by their action.

root = OrganizationFactory()                       # 工委
committee = CommitteeFactory(parent=root)          # 机关党委
branch = BranchFactory(parent=committee)           # 党支部
user = make_user_with_post("secretary", branch)    # client.force_login(user)
"""

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from branches.actions.organizations import next_ids
from branches.actions.posts import open_post
from branches.enums import AuditResult, Channel, ImportKind, OrganizationKind, Role
from branches.models import AuditEntry, Organization, OrganizationChange, PlannedChange, Post, Upload, User
from branches.permissions import Actor
from branches.rules.names import initials
from branches.rules.organizations import child_path

PASSWORD = "tests-2026-partybuild"
LONG_AGO = date(2020, 1, 1)
LONG_AGO_AT = datetime(2020, 1, 1, tzinfo=UTC)


class OrganizationFactory(DjangoModelFactory):
    """The top of a tree, founded in 2020; other kinds are below. ``path`` follows from the parent."""

    class Meta:
        model = Organization

    parent = None
    kind = OrganizationKind.WORK_COMMITTEE
    code = factory.Sequence(lambda n: f"0110{n:08d}")
    name = factory.Sequence(lambda n: f"区直属机关工委{n}")
    founded_on = LONG_AGO

    @classmethod
    def _create(cls, model_class: type[Organization], *args: Any, **kwargs: Any) -> Organization:
        parent = kwargs.get("parent")
        pk = kwargs.setdefault("pk", next_ids(1)[0])
        kwargs.setdefault("path", child_path(parent.path if parent else "", pk))
        kwargs.setdefault("initials", initials(kwargs["name"]))
        return super()._create(model_class, *args, **kwargs)


class CommitteeFactory(OrganizationFactory):
    """A 机关党委 under a 工委."""

    parent = factory.SubFactory(OrganizationFactory)
    kind = OrganizationKind.COMMITTEE
    name = factory.Sequence(lambda n: f"第{n}机关党委")


class GeneralBranchFactory(OrganizationFactory):
    """A 党总支 under a 机关党委."""

    parent = factory.SubFactory(CommitteeFactory)
    kind = OrganizationKind.GENERAL_BRANCH
    name = factory.Sequence(lambda n: f"第{n}党总支")


class BranchFactory(OrganizationFactory):
    """A 党支部 under a 机关党委."""

    parent = factory.SubFactory(CommitteeFactory)
    kind = OrganizationKind.BRANCH
    name = factory.Sequence(lambda n: f"第{n}党支部")


class GroupFactory(OrganizationFactory):
    """A 党小组 under a 党支部."""

    parent = factory.SubFactory(BranchFactory)
    kind = OrganizationKind.GROUP
    name = factory.Sequence(lambda n: f"第{n}党小组")


class OrganizationChangeFactory(DjangoModelFactory):
    class Meta:
        model = OrganizationChange

    organization = factory.SubFactory(OrganizationFactory)
    kind = OrganizationChange.Kind.FOUNDED
    effective_on = LONG_AGO
    recorded_at = LONG_AGO_AT


class UserFactory(DjangoModelFactory):
    """An account without a post; its password is ``PASSWORD`` unless given."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    login = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"人员{n}")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        user = model_class(**{key: value for key, value in kwargs.items() if key != "password"})
        user.set_password(kwargs["password"])
        user.save()
        return user


class PostFactory(DjangoModelFactory):
    """A bare row, without the guardian row that gives the rights: use ``make_user_with_post`` for those."""

    class Meta:
        model = Post

    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role = Role.STAFF
    starts_on = LONG_AGO


class AuditEntryFactory(DjangoModelFactory):
    class Meta:
        model = AuditEntry

    at = LONG_AGO_AT
    channel = Channel.WEB
    verb = "查看"
    result = AuditResult.DONE


class PlannedChangeFactory(DjangoModelFactory):
    """A renaming that waits for a day far away."""

    class Meta:
        model = PlannedChange

    organization = factory.SubFactory(OrganizationFactory)
    kind = "rename"
    effective_on = date(2099, 1, 1)
    payload = factory.LazyFunction(lambda: {"name": "新名称", "short_name": ""})
    reason = "机构改革"
    planned_at = LONG_AGO_AT


class UploadFactory(DjangoModelFactory):
    class Meta:
        model = Upload

    kind = ImportKind.ORGANIZATIONS
    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    name = "党组织.xlsx"
    uploaded_at = LONG_AGO_AT


def make_user_with_post(
    role: Role | str,
    organization: Organization,
    *,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
    title: str = "",
    **user: Any,
) -> User:
    """An account that may act for the organisation in the role; further keywords go to ``UserFactory``."""
    made = UserFactory(**user)
    open_post(
        by=Actor.system(), user=made, organization=organization, role=role, starts_on=starts_on, ends_on=ends_on,
        title=title,
    )  # fmt: skip
    return made


def actor(user: User) -> Actor:
    """The actor that a request of this person would have, under his first post."""
    post = user.posts.select_related("organization").order_by("pk").first()
    if post is None:
        return Actor(user_id=user.pk)
    return Actor(
        user_id=user.pk,
        post_id=post.pk,
        organization_id=post.organization_id,
        organization_path=post.organization.path,
        member_id=getattr(getattr(user, "member", None), "pk", None),
    )
