"""The sheet as its page shows it agrees with what was computed."""

import random
from datetime import date
from decimal import Decimal

import pytest

from assessments.actions import rounds, scoring, sheets
from assessments.enums import StageName
from assessments.models import Submission
from assessments.queries.explanations import explanation
from assessments.queries.rules import rules_of
from assessments.queries.sheet_page import ALL_EXEMPT, NOTHING_DUE, period_words, sheet_page
from assessments.rules.rounds import ORDER
from assessments.rules.scoring import Figures, plain, points
from assessments.rules.sheets import Entry
from branches.permissions import Actor
from tests.factories.assessments import IndicatorFactory, RoundFactory, make_story, month_due
from tests.factories.branches import BranchFactory, actor, make_user_with_post

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def story(move_clock):
    move_clock("2026-06-08T09:00:00+08:00")
    return make_story()


def test_what_is_explained_gives_the_computed_points():
    dice = random.Random(4)
    round_ = RoundFactory()
    branch = BranchFactory(parent__parent=round_.scheme.campaign.issuer)
    for worth in ("10", "2.5", "1.5", "0.3"):
        indicator = IndicatorFactory(scheme=round_.scheme, points=Decimal(worth))
        for month in range(1, 7):
            how = dice.choice(("on_time", "late", "too_late", "open", "exempt"))
            month_due(indicator.target, branch, month, how, closed=dice.random() < 0.5)
    scoring.open_sheets(round_, date(2026, 6, 8))
    scoring.score(round_, rules_of(round_))
    sheet = Submission.objects.get()

    page = sheet_page(sheet, [StageName.SELF_CHECK])

    assert len(page.lines) == 4
    for line in page.lines:
        figures = Figures.of(one.verdict for one in line.counted)
        assert line.computed == points(line.indicator.points, figures, Decimal("0.5")) == line.points
        assert line.reckoning.endswith(f"= {plain(line.computed)}")
        assert line.figures.startswith(f"应完成 {figures.counting} · ")
        assert [one.label for one in line.counted] == [f"{month}月" for month in range(1, 7)]
    assert (page.earned, page.full, page.total) == (sheet.earned, sheet.full, sheet.total)


def test_a_change_keeps_what_was_before_who_and_why(story):
    for organization in (story.branch, story.sibling):
        sheets.hand_in(by=SYSTEM, sheet=story.sheet(organization), entries=story.entries("8"), comment="")
    rounds.advance(by=SYSTEM, round_=story.round)
    staff = make_user_with_post("staff", story.committee, name="何静")
    entries = {story.metered.pk: Entry(Decimal(5), reason="4月、5月记录雷同"), **story.entries("8")}
    sheets.save(by=actor(staff), sheet=story.sheet(), entries=entries, comment="")

    metered, by_hand = sheet_page(story.sheet(), ORDER).lines

    (change,) = metered.changes
    assert (change.stage, change.before, change.points, change.who, change.reason) == (
        StageName.CHECK,
        Decimal("8.33"),
        Decimal(5),
        "何静",
        "4月、5月记录雷同",
    )
    assert by_hand.changes == []
    assert metered.cells(ORDER) == [Decimal("8.33"), Decimal(5), None]


def test_only_the_stages_asked_for_are_shown(story):
    for organization in (story.branch, story.sibling):
        sheets.hand_in(by=SYSTEM, sheet=story.sheet(organization), entries=story.entries("8"), comment="")
    rounds.advance(by=SYSTEM, round_=story.round)
    sheets.save(
        by=SYSTEM, sheet=story.sheet(), entries={story.metered.pk: Entry(Decimal(1), reason="核减")}, comment=""
    )

    page = sheet_page(story.sheet(), [StageName.SELF_CHECK])

    assert [line.points for line in page.lines] == [Decimal("8.33"), Decimal(8)]
    assert page.total == Decimal("81.65")


def test_indicators_that_do_not_count_say_why(story):
    unasked = IndicatorFactory(scheme=story.round.scheme, dimension=story.metered.dimension, position=3)
    exempt = IndicatorFactory(scheme=story.round.scheme, dimension=story.metered.dimension, position=4)
    month_due(exempt.target, story.branch, 3, "exempt")
    rounds.rescore(by=SYSTEM, round_=story.round)

    page = sheet_page(story.sheet(), [StageName.SELF_CHECK])

    assert page.left_out == [(unasked, NOTHING_DUE), (exempt, ALL_EXEMPT)]
    assert page.full == 20


def test_the_explanation_is_plain_data(story):
    found = explanation(story.sheet(), sheet_page(story.sheet(), [StageName.SELF_CHECK]))

    assert (found["total"], found["rule_version"]) == ("41.65", story.round.rule_version.isoformat())
    assert found["indicators"][0]["missing"] == ["6月在 2026年7月8日前完成，可得 1.67 分"]
    assert found["indicators"][1]["points"] is None
    assert found["left_out"] == []


@pytest.mark.parametrize(
    ("key", "expected"),
    [("2026-03", "3月"), ("2026Q1", "一季度"), ("2026", "全年"), ("once", "一次性工作"), ("2025-12", "2025年12月")],
)
def test_periods_leave_out_the_rounds_own_year(key, expected):
    assert period_words(key, 2026) == expected
