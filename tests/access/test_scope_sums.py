"""Row 14: what one sees at an organisation is its own rows and what each of those below it sees, nothing twice."""

import pytest
from django.apps import apps

from branches.enums import Role
from branches.models import Organization
from branches.permissions import Grant, Scope
from tests.access.walk import APPS, built_world, table

pytestmark = pytest.mark.django_db

# Addressed to those below their issuer, and seen there too, or a draft that its organisation alone sees: no sums.
ADDRESSED = {
    "campaigns.Call", "campaigns.Campaign", "campaigns.Cleanup", "campaigns.Contest", "campaigns.InfoItem",
    "campaigns.Target",
    "campaigns.Task", "campaigns.Topic", "office.Document",
    "assessments.Round", "assessments.Scheme",
}  # fmt: skip


def scoped_models():
    """Every model whose rows are seen by scope."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return [model for model in models if hasattr(model._default_manager.all(), "visible_to")]


def seen(model, organization) -> set[int]:
    """By the staff of the organisation, or by its security officer where staff has no such right."""
    found: set[int] = set()
    for role in (Role.STAFF, Role.SECADMIN):
        grant = Grant(0, organization.pk, organization.path, role)
        found |= set(model._default_manager.visible_to(Scope(user_id=0, grant=grant)).values_list("pk", flat=True))
    return found


@pytest.fixture
def world():
    """Objects of every kind at every place of both trees."""
    made = built_world("desk")
    for row in table().values():
        for place in (made.committee, made.branch, made.branch_2, made.committee_b, made.branch_b, made.other_branch):
            if row.at is not None:
                row.at(made, place)
    return made


def test_r14_own_rows_and_the_sums_of_those_below_are_the_total(world):
    wrong = []
    for model in scoped_models():
        if model._meta.label in ADDRESSED:
            continue
        sums = {each.pk: seen(model, each) for each in Organization.objects.all()}
        for parent in Organization.objects.all():
            below = [sums[child.pk] for child in parent.children.all()]
            together = set().union(*below)
            if not together <= sums[parent.pk]:
                wrong.append(f"{model._meta.label}: {parent.kind} does not see what stands below it")
            if sum(map(len, below)) != len(together):
                wrong.append(f"{model._meta.label}: a row is counted below {parent.kind} twice")

    assert sorted(set(wrong)) == []


def test_r14_no_row_is_seen_in_both_trees(world):
    both = [model._meta.label for model in scoped_models() if seen(model, world.root) & seen(model, world.other_root)]

    assert both == []


def test_r14_without_a_post_nothing_is_seen(world):
    assert [model for model in scoped_models() if model._default_manager.visible_to(Scope(user_id=0)).exists()] == []


def test_there_is_something_to_see(world):
    empty = {model._meta.label for model in scoped_models() if not seen(model, world.root)}

    assert len(empty) < len(scoped_models()) / 2
