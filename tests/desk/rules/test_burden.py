"""What a dispatch asks of people."""

from dataclasses import replace
from decimal import Decimal

from desk.rules.burden import AskedRow, Burden, Checklist, Prices, burden_of

PRICES = Prices(record=10, field=1, file=5)
ROW = AskedRow(
    organization_id=1, metric="activity.theme_day", period="2026-03", task_id=1, by_records=True, is_personal=False,
    is_exempt=False, is_answered=False, lacking=Decimal(1),
)  # fmt: skip
BY_HAND = replace(ROW, metric="manual", task_id=9, by_records=False)


def burden(*rows, checklists=None):
    return burden_of(rows, checklists or {}, PRICES)


def test_one_record_serves_all_campaigns_that_ask_for_the_same():
    found = burden(ROW, replace(ROW, task_id=2), replace(ROW, task_id=3, lacking=Decimal(2)))
    assert (found.by_records, found.records, found.fields, found.minutes) == (3, 2, 10, 20)


def test_other_organisations_periods_and_metrics_need_records_of_their_own():
    rows = (ROW, replace(ROW, organization_id=2), replace(ROW, period="2026Q1"), replace(ROW, metric="talk.heart"))
    found = burden(*rows)
    assert (found.organizations, found.records) == (2, 4)


def test_people_are_served_together_and_hours_by_halves_are_rounded_up():
    assert burden(replace(ROW, is_personal=True, lacking=Decimal(32))).records == 1
    assert burden(replace(ROW, lacking=Decimal("1.5"))).records == 2
    assert burden(replace(ROW, lacking=Decimal("0.4"))).records == 1


def test_what_is_answered_or_exempt_asks_nothing():
    found = burden(replace(ROW, is_answered=True), replace(ROW, metric="life.oath", is_exempt=True))
    assert found == Burden(organizations=1, assignments=2, exempt=1, by_records=1, answered=1)
    assert (found.asked, found.answered_share) == (1, 1.0)


def test_a_checklist_asks_for_its_boxes_and_files():
    found = burden(BY_HAND, replace(BY_HAND, organization_id=2), checklists={9: Checklist(fields=3, files=2)})
    assert (found.by_checklist, found.fields, found.files, found.minutes) == (2, 6, 4, 26)


def test_without_a_checklist_there_is_one_answer_to_give():
    assert burden(BY_HAND).fields == 1


def test_burdens_add_up_and_an_hour_has_sixty_minutes():
    found = burden(ROW) + burden(replace(ROW, organization_id=2, lacking=Decimal(8)))
    assert (found.organizations, found.minutes, found.hours, found.hours_each) == (2, 90, 1.5, 0.8)


def test_nothing_asked_has_no_mean():
    assert burden() == Burden()
    assert (Burden().hours_each, Burden().answered_share) == (None, None)
