"""The figures of a board agree with a plain count over the assignments, at every place and under every filter."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.queries import figures
from desk.queries.figures import Selection
from desk.rules.figures import Figures
from desk.rules.windows import window_of
from tests.factories.desk import close, count_again, excused, make_district, stand

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)

# Written out once more on purpose, and without any of the portal's own queries.
PLAIN = """
SELECT count(*),
       count(*) FILTER (WHERE verdict = 'exempt'),
       count(*) FILTER (WHERE verdict = 'on_time'),
       count(*) FILTER (WHERE verdict = 'late'),
       count(*) FILTER (WHERE verdict = 'missing' OR (verdict = 'open' AND due_on < %(today)s))
  FROM (SELECT a.*, CASE
          WHEN outcome <> '' THEN outcome
          WHEN state = 'exempt' THEN 'exempt'
          WHEN completed_at IS NULL THEN 'open'
          WHEN (completed_at AT TIME ZONE 'Asia/Shanghai')::date <= grace_until THEN 'on_time'
          WHEN (completed_at AT TIME ZONE 'Asia/Shanghai')::date <= cut_off_on THEN 'late'
          ELSE 'missing' END AS verdict
          FROM campaigns_assignment a) AS judged
 WHERE due_month = ANY(%(months)s) AND path LIKE %(path)s || '%%'
   AND (%(campaign)s::bigint IS NULL OR campaign_id = %(campaign)s)
   AND (%(dimension)s::bigint IS NULL OR task_id IN (
        SELECT id FROM campaigns_task WHERE dimension_id = %(dimension)s))
"""


def plain(months: list[str], path: str, campaign: int | None = None, dimension: int | None = None) -> Figures:
    values = {"months": months, "path": path, "campaign": campaign, "dimension": dimension, "today": TODAY}
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, values)
        return Figures(*cursor.fetchone())


@pytest.fixture
def district():
    """January closed, February over and open, March running; each with every verdict."""
    made = make_district()
    one, two, three, four, root_branch = made.branches
    both = [*made.targets, made.other_target]
    for target in both:
        stand(one, target, "2026-01", done_on=date(2026, 1, 20))
        stand(two, target, "2026-01", done_on=date(2026, 2, 10))
        stand(three, target, "2026-01")
        excused(four, target, "2026-01")
    count_again()
    close("2026-01")
    stand(one, made.targets[0], "2026-02", done_on=date(2026, 2, 20))
    stand(two, made.targets[0], "2026-02", done_on=date(2026, 3, 10))
    stand(three, made.targets[1], "2026-02", done_on=date(2026, 3, 19))  # after the cut-off, not closed
    stand(four, made.targets[1], "2026-02")
    stand(root_branch, made.other_target, "2026-02", done_on=date(2026, 3, 1))
    stand(one, made.targets[0], done_on=date(2026, 3, 12))
    stand(two, made.targets[0], due_on=date(2026, 3, 10))
    stand(two, made.targets[1], due_on=date(2026, 3, 20))
    stand(three, made.other_target)
    stand(made.committees[0], made.other_target, due_on=date(2026, 3, 5), done_on=date(2026, 3, 19))
    excused(four, made.targets[0])
    count_again()
    return made


def select(path: str, key: str = "2026-03", campaign: Any = None) -> Selection:
    return Selection(path, window_of(key, TODAY), campaign.pk if campaign else None)


@pytest.mark.parametrize("key", ["2026-01", "2026-02", "2026-03", "2026Q1", "2026", "2025"])
def test_totals_agree_with_a_plain_count(district, key):
    for place in (district.root, *district.committees, *district.branches):
        for campaign in (None, district.campaign, district.other_campaign):
            selection = select(place.path, key, campaign)
            pk = campaign.pk if campaign else None
            now, before = figures.totals(selection)
            assert now == plain(selection.window.months, place.path, pk)
            last = plain(selection.window.previous_months, place.path, pk)
            assert (before.expected, before.done, before.on_time) == (last.expected, last.done, last.on_time)


def test_the_verdicts_are_all_there(district):
    """Else the comparison above would compare little."""
    now, _ = figures.totals(select(district.root.path, "2026Q1"))
    assert now == Figures(expected=23, exempt=4, on_time=6, late=4, overdue=7)


@pytest.mark.parametrize("key", ["2026-02", "2026-03", "2026Q1"])
def test_units_add_up_and_agree(district, key):
    selection = select(district.root.path, key)
    lines = figures.by_unit(selection)
    names = {unit.pk: unit.name for unit in (*district.committees, district.branches[-1])}
    assert {line.id: line.name for line in lines} == {line.id: names[line.id] for line in lines}
    for line in lines:
        assert line.figures == plain(selection.window.months, f"{district.root.path}{line.id}/")
    assert sum((line.figures for line in lines), Figures()) == figures.totals(selection)[0]


def test_a_committee_shows_its_branches_and_what_is_due_from_itself(district):
    lines = figures.by_unit(select(district.committees[0].path))
    assert [(line.name, line.figures.expected, line.figures.overdue) for line in lines] == [
        ("财局第1支部", 1, 0),
        ("财局第2支部", 2, 1),
        ("本级", 1, 1),
    ]


def test_every_organisation_of_all_levels(district):
    lines = figures.by_organization(select(district.root.path))
    found = {line.name: (line.figures.expected, line.previous.expected) for line in lines}
    assert found == {
        "财局机关党委": (1, 0),
        "财局第1支部": (1, 1),
        "财局第2支部": (2, 1),
        "司局第1支部": (1, 1),
        "司局第2支部": (1, 1),
        "工委办支部": (0, 1),
    }
    assert lines[0].written == f"财局机关党委（{district.committees[0].code}）"


def test_campaigns(district):
    lines = figures.by_campaign(select(district.root.path))
    assert [(line.name, line.figures.expected) for line in lines] == [("四型机关", 4), ("五型模范机关", 2)]
    assert [line.previous.expected for line in lines] == [4, 1]


def test_dimensions_agree_with_a_plain_count(district):
    selection = select(district.root.path, "2026Q1", district.campaign)
    lines = figures.by_dimension(selection)
    assert [line.name for line in lines] == ["政治机关", "书香机关"]
    for line in lines:
        assert line.figures == plain(selection.window.months, district.root.path, district.campaign.pk, line.id)


def test_without_a_campaign_there_are_no_dimensions(district):
    assert figures.by_dimension(select(district.root.path)) == []


def test_twelve_months_agree_with_a_plain_count(district):
    trend = figures.by_month(select(district.root.path))
    assert [month.key for month, _ in trend][::11] == ["2025-04", "2026-03"]
    for month, found in trend:
        expected = plain([month.key], district.root.path)
        assert (found.expected, found.exempt, found.done) == (expected.expected, expected.exempt, expected.done)


def test_the_longest_overdue_come_first(district):
    rows = figures.overdue_assignments(select(district.root.path, "2026Q1"), 10)
    assert len(rows) == 7
    assert [row["due_on"] for row in rows] == sorted(row["due_on"] for row in rows)
    assert rows[0]["organization__name"] == "司局第1支部"
    assert len(figures.overdue_assignments(select(district.root.path, "2026Q1"), 2)) == 2


def test_places_by_rate(district):
    lines = figures.ranked(figures.by_unit(select(district.root.path, "2026-01")))
    assert [(line.name, line.rank) for line in lines] == [("财局机关党委", 1), ("司局机关党委", 2)]


@pytest.mark.parametrize("size", [1, 5])
def test_as_many_queries_for_few_as_for_many(size):
    made = make_district(committees=size, branches=size)
    for branch in made.branches:
        stand(branch, made.targets[0], due_on=date(2026, 3, 10))
    count_again()
    selection = select(made.root.path, campaign=made.campaign)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        figures.totals(selection)
        figures.by_unit(selection)
        figures.by_organization(selection)
        figures.by_campaign(selection)
        figures.by_month(selection)
        figures.by_dimension(selection)
        figures.overdue_assignments(selection, 5)
    assert len(queries) == 15
