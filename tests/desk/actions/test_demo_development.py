"""The invented files of development stand in every stage and break few rules."""

from datetime import date
from random import Random

import pytest

from branches.permissions import Grant, Scope
from desk.actions.demo.development import fill_development
from desk.actions.demo.tree import Scale, make_tree
from members.models import DevelopmentFile
from members.queries.development_pages import review_of

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 3, 5)


def fill(seed="a"):
    random = Random(seed)
    tree = make_tree(random, Scale(2, 6, 0, 1, 1), UNTIL)
    return tree, fill_development(random, tree, UNTIL)


def test_o05_files_in_every_stage_from_the_same_seed(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")
    tree, count = fill()

    assert DevelopmentFile.objects.count() == count
    assert set(DevelopmentFile.objects.values_list("stage", flat=True)) >= {1, 2, 3, 4}
    scope = Scope(grant=Grant(1, tree.root.pk, tree.root.path, "leader"))
    review = review_of(scope, 2026)
    assert len(review.rows) < count
    assert {finding.area.value for _, findings in review.rows for finding in findings} <= {"材料", "制度"}
