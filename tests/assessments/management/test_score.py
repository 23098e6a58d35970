"""``manage.py score``."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from assessments.actions import rounds, sheets
from assessments.models import Result, StageScore
from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.models import Assignment
from partybuild.lib import clock
from tests.factories.assessments import make_story
from tests.factories.branches import make_user_with_post
from tests.factories.campaigns import CreditFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def story(move_clock):
    move_clock("2026-06-08T09:00:00+08:00")
    return make_story()


@pytest.fixture
def name(story):
    return f"{story.round.scheme.campaign.symbol}/2026H1"


def score(*words):
    out = StringIO()
    call_command("score", *words, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def publish(story):
    for _ in (1, 2):
        for organization in (story.branch, story.sibling):
            sheets.hand_in(by=SYSTEM, sheet=story.sheet(organization), entries=story.entries("8"), comment="")
        rounds.advance(by=SYSTEM, round_=story.round)
    rounds.publish(by=SYSTEM, round_=story.round)


def test_it_scores_anew_and_lists_totals_ranks_and_grades(story, name):
    Assignment.objects.filter(organization=story.branch, period="2026-06").update(completed_at=clock.now())
    StageScore.objects.filter(indicator=story.by_hand, submission=story.sheet()).update(points=Decimal(10))

    found = score(name)

    assert found == {
        "round": name,
        "status": "self_check",
        "changed": 1,
        "results": [
            {
                "code": story.branch.code,
                "name": story.branch.name,
                "kind": "branch",
                "total": "100.00",
                "rank": 1,
                "grade": "好",
                "ungraded": 0,
            },
            {
                "code": story.sibling.code,
                "name": story.sibling.name,
                "kind": "branch",
                "total": "50.00",
                "rank": 2,
                "grade": "差",
                "ungraded": 1,
            },
        ],
    }
    assert score(name)["changed"] == 0


def test_it_explains_each_point_down_to_the_record(story, name):
    march = Assignment.objects.get(organization=story.branch, period="2026-03")
    credit = CreditFactory(assignment=march, activity__title="3月学习条例")

    found = score(name, "--explain", story.branch.code)["explain"]

    metered, by_hand = found["indicators"]
    assert (found["earned"], found["full"], found["total"]) == ("8.33", "20.00", "41.65")
    assert (metered["points"], metered["reckoning"]) == ("8.33", "10 × 5 ÷ 6 = 8.33")
    assert metered["assignments"][2] == {
        "id": march.pk,
        "period": "3月",
        "verdict": "按时",
        "records": [{"id": credit.activity_id, "kind": "activity", "title": "3月学习条例", "day": "2026年3月12日"}],
    }
    assert by_hand["points"] is None


def test_a_published_round_is_checked_and_not_scored(story, name):
    publish(story)
    Assignment.objects.filter(organization=story.branch, period="2026-06").update(completed_at=clock.now())

    found = score(name)

    assert (found["verified"], found["problems"], len(found["hash"])) == (True, [], 64)
    assert "changed" not in found
    assert [row["total"] for row in found["results"]] == ["90.00", "81.65"]


def test_a_published_round_that_was_tampered_with_is_told_with_status_1(story, name):
    publish(story)
    Result.objects.filter(rank=2).update(grade="good")

    with pytest.raises(CommandError, match="与公布时的依据不符") as refused:
        score(name)

    assert refused.value.returncode == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["SX"], "评估写作"),
        (["SX/2026H1"], "评估写作"),
        (["SX-2031/2031H1"], "没有“SX-2031/2031H1”这次评估"),
    ],
)
def test_a_round_that_is_not_there_is_wrong_use(words, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        score(*words)

    assert refused.value.returncode == 2


def test_an_organisation_outside_the_round_is_wrong_use(story, name):
    with pytest.raises(CommandError, match="不在这次评估中") as refused:
        score(name, "--explain", story.root.code)

    assert refused.value.returncode == 2


def test_several_issuers_are_told_apart_by_code(story, name):
    other = make_story()
    other.round.scheme.campaign.__class__.objects.filter(pk=other.round.scheme.campaign_id).update(
        code=story.round.scheme.campaign.code
    )

    with pytest.raises(CommandError, match="请用 --issuer 指明"):
        score(name)

    assert len(score(name, "--issuer", other.root.code)["results"]) == 2


def test_it_is_done_in_the_name_of_an_account(story, name):
    user = make_user_with_post("staff", story.root, login="chenli")

    score(name, "--as", "chenli")

    assert AuditEntry.objects.get(verb="重新计分").user_id == user.pk


def test_without_json_it_speaks_to_people(story, name):
    out = StringIO()

    call_command("score", name, "--explain", story.branch.code, stdout=out)

    assert "已重新计分，0 项得分有变化。" in out.getvalue()
    assert "10 × 5 ÷ 6 = 8.33" in out.getvalue()
