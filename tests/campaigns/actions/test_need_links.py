"""The asker rates by his own link (C13): once, in time, and nobody can read the link out of the table."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.enums import Role
from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions import needs
from campaigns.actions.need_links import offer_rating, rate_by_link
from campaigns.models import Need
from campaigns.queries.need_links import need_of_link
from campaigns.rules.needs import NeedState
from office.models import Notice
from tests.factories.branches import BranchFactory, actor, make_user_with_post
from tests.factories.campaigns_honours import NeedFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 9)
ASKER = Actor(user_id=None, address="10.0.0.9")


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-09T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def secretary(branch):
    return actor(make_user_with_post(Role.SECRETARY, branch))


@pytest.fixture
def need(branch):
    return NeedFactory(organization=branch, state=NeedState.DONE, result="已经装好", done_on=DAY)


def test_c13_the_asker_rates_by_his_link_and_the_owner_is_told(need, secretary):
    token = offer_rating(by=secretary, need=need)
    rated = rate_by_link(by=ASKER, token=token, satisfaction="good", text="很快就装好了")
    rated.refresh_from_db()
    assert (rated.state, rated.satisfaction, rated.rated_on, rated.rated_by) == (NeedState.RATED, "good", DAY, None)
    note = rated.notes.get()
    assert (note.label, note.text, note.by, note.place) == ("反映人评价：满意", "很快就装好了", None, None)
    assert Notice.objects.get().text == f"实事“{need}”：反映人评价：满意，请查看。"
    assert AuditEntry.objects.get(verb="反映人评价：满意").address == "10.0.0.9"


def test_a_link_counts_once(need, secretary):
    token = offer_rating(by=secretary, need=need)
    rate_by_link(by=ASKER, token=token, satisfaction="bad")
    with pytest.raises(ValidationError, match="评价链接已失效"):
        rate_by_link(by=ASKER, token=token, satisfaction="good")
    assert Need.objects.get().satisfaction == "bad"


def test_a_link_ends_with_its_last_day(need, secretary):
    token = offer_rating(by=secretary, need=need)
    assert Need.objects.get().rating_until == date(2026, 3, 24)
    assert need_of_link(token, date(2026, 3, 24)) == need
    assert need_of_link(token, date(2026, 3, 25)) is None


def test_a_new_link_ends_the_one_before(need, secretary):
    first, second = offer_rating(by=secretary, need=need), offer_rating(by=secretary, need=need)
    assert (need_of_link(first, DAY), need_of_link(second, DAY)) == (None, need)


@pytest.mark.parametrize(("verb", "more"), [("redo", {"text": "还有一处没有装"}), ("rate", {"satisfaction": "fair"})])
def test_a_link_ends_when_the_need_goes_on(need, secretary, verb, more):
    token = offer_rating(by=secretary, need=need)
    needs.move_need(by=secretary, need=need, verb=verb, **more)
    assert need_of_link(token, DAY) is None
    assert (Need.objects.get().rating_hash, Need.objects.get().rating_until) == ("", None)


@pytest.mark.parametrize("state", [NeedState.DOING, NeedState.DECLINED])
def test_only_of_what_is_done_there_is_a_link(branch, secretary, state):
    with pytest.raises(ValidationError, match="办结后、评价前"):
        offer_rating(by=secretary, need=NeedFactory(organization=branch, state=state))


def test_the_link_cannot_be_read_out_of_the_table_or_the_trail(need, secretary):
    token = offer_rating(by=secretary, need=need)
    assert token not in Need.objects.get().rating_hash
    assert len(token) >= 43
    assert not any(token in f"{entry.detail} {entry.object_label}" for entry in AuditEntry.objects.all())


def test_an_unknown_word_is_refused(need, secretary):
    token = offer_rating(by=secretary, need=need)
    with pytest.raises(ValidationError, match="请选择满意度"):
        rate_by_link(by=ASKER, token=token, satisfaction="great")
    assert Need.objects.get().state == NeedState.DONE
