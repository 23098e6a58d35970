"""Every metric that facts feed has its source, and every source and place a metric."""

import pytest
from django.urls import reverse

from campaigns.enums import MeasuredBy
from campaigns.queries.fact_sources import FACT_SOURCES, PLACES, place_of
from campaigns.rules.metrics import METRICS

TOLD = sorted(code for code, metric in METRICS.items() if metric.is_told)


def test_what_is_told_has_a_source_and_nothing_else() -> None:
    assert sorted(FACT_SOURCES) == TOLD


def test_only_what_is_told_has_a_place() -> None:
    assert set(PLACES) <= set(TOLD)


@pytest.mark.parametrize("code", TOLD)
def test_facts_are_kept_where_a_page_is(code: str) -> None:
    place = place_of(code)
    assert place is None or reverse(place.url_name)
    assert (place is None) == (METRICS[code].measured_by != MeasuredBy.FACTS)


def test_records_and_checklists_have_no_place() -> None:
    assert (place_of("activity.theme_day"), place_of("manual")) == (None, None)
