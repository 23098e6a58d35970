"""意见与减负 (X03): said, answered once, reminded of."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions.feedback import answer_feedback, give_feedback, remind_feedback
from campaigns.models import Feedback
from office.models import Notice
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.campaigns import FeedbackFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory())


@pytest.fixture
def secretary(branch):
    return actor(make_user_with_post("secretary", branch))


@pytest.fixture
def staff(branch):
    return actor(make_user_with_post("staff", branch.parent))


def said(secretary, **fields):
    return give_feedback(by=secretary, **({"kind": "repeated", "text": "同一张照片要传三次。"} | fields))


def test_x03_what_was_said_reaches_the_superior(branch, secretary, staff):
    feedback = said(secretary, page="/campaigns/activities/3/?x=1", minutes=20)
    assert (feedback.organization, feedback.page, feedback.minutes) == (branch, "/campaigns/activities/3/", 20)
    assert Notice.objects.get(user=staff.user_id).key == f"feedback:{feedback.pk}:said"
    assert AuditEntry.objects.filter(verb="提出意见与减负建议").count() == 1


def test_x03_the_same_words_on_a_day_are_one(secretary):
    assert said(secretary) == said(secretary)


def test_x03_it_is_answered_once_and_the_author_is_told(secretary, staff):
    feedback = answer_feedback(by=staff, feedback=said(secretary), state="adopted", answer="已合并为一次上传。")
    assert (feedback.state, feedback.answered_by_id) == ("adopted", staff.user_id)
    assert "已采纳" in Notice.objects.get(user=secretary.user_id).text
    with pytest.raises(ValidationError, match="已经答复"):
        answer_feedback(by=staff, feedback=feedback, state="explained", answer="不改。")


@pytest.mark.parametrize(
    ("state", "answer", "words"), [("said", "好", "请选择"), ("adopted", " ", "请填写答复"), ("x", "好", "请选择")]
)
def test_x03_an_answer_says_what_was_done(secretary, staff, state, answer, words):
    with pytest.raises(ValidationError, match=words):
        answer_feedback(by=staff, feedback=said(secretary), state=state, answer=answer)


def test_x03_nobody_answers_himself(staff):
    with pytest.raises(ValidationError, match="由其他人答复"):
        answer_feedback(by=staff, feedback=said(staff), state="adopted", answer="好")


@pytest.mark.parametrize(("on", "told"), [(date(2026, 3, 30), 0), (date(2026, 3, 31), 1)])
def test_x03_what_waits_too_long_is_told_once(secretary, staff, on, told):
    said(secretary)
    assert remind_feedback(by=Actor.system(), on=on) == told
    assert remind_feedback(by=Actor.system(), on=on) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "x"},
        {"state": "x"},
        {"text": ""},
        {"answer": "好"},
        {"state": "adopted"},
        {"state": "adopted", "answered_at": datetime(2026, 3, 21, tzinfo=ZONE)},
    ],
)
def test_the_database_refuses_bad_rows(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedbackFactory(**fields)


def test_the_system_says_nothing():
    with pytest.raises(ValidationError):
        give_feedback(by=Actor.system(), kind="other", text="x")
    assert not Feedback.objects.exists()
