"""Writes on the register of party staff (O12)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.actions.party_workers import add_party_worker, edit_party_worker, end_party_worker
from members.models import PartyWorker
from tests.factories.branches import CommitteeFactory
from tests.factories.members import MemberFactory
from tests.factories.terms import PartyWorkerFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def today(move_clock):
    move_clock("2026-11-20T10:00:00+08:00")


def add(organization=None, member=None, **fields):
    given = {"kind": "full_time", "duty": "deputy_secretary", "starts_on": date(2024, 3, 1), **fields}
    return add_party_worker(
        by=SYSTEM, member=member or MemberFactory(), organization=organization or CommitteeFactory(), **given
    )


def test_o12_a_member_takes_up_party_work(trail):
    worker = add(resume="2018年起从事党务工作")

    assert worker.resume == "2018年起从事党务工作"
    assert trail().get().verb == "登记党务干部"


def test_o12_the_full_time_deputy_is_full_time():
    with pytest.raises(ValidationError, match="应为专职"):
        add(kind="part_time")


def test_o12_one_secretary_of_the_discipline_committee():
    committee = CommitteeFactory()
    PartyWorkerFactory(organization=committee, duty="discipline_secretary", member=MemberFactory(name="王立"))

    with pytest.raises(ValidationError, match="现任机关纪委书记为王立"):
        add(committee, duty="discipline_secretary")


def test_o12_nobody_holds_the_same_duty_twice():
    worker = PartyWorkerFactory()

    with pytest.raises(ValidationError, match="已担任该岗位"):
        add(worker.organization, worker.member)


def test_o12_work_begins_no_later_than_today():
    with pytest.raises(ValidationError, match="晚于今天"):
        add(starts_on=date(2026, 11, 21))


def test_o12_an_entry_is_changed_and_no_change_leaves_no_trace(trail):
    worker = PartyWorkerFactory()

    edit_party_worker(by=SYSTEM, worker=worker, changes={"position": "机关党委专职副书记"})
    edit_party_worker(by=SYSTEM, worker=worker, changes={"position": "机关党委专职副书记"})

    assert PartyWorker.objects.get().label == "机关党委专职副书记"
    assert trail().get().detail["fields"] == ["position"]


def test_o12_unknown_fields_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="not editable"):
        edit_party_worker(by=SYSTEM, worker=PartyWorkerFactory(), changes={"member": 1})


def test_o12_it_ends_once(trail):
    worker = PartyWorkerFactory()

    end_party_worker(by=SYSTEM, worker=worker, ends_on=TODAY)

    assert trail().get().verb == "党务干部离任"
    with pytest.raises(ValidationError, match="已经登记离任"):
        end_party_worker(by=SYSTEM, worker=worker, ends_on=TODAY)


@pytest.mark.parametrize(
    ("ends_on", "words"), [(date(2024, 2, 29), "不能早于任职时间"), (date(2026, 11, 21), "晚于今天")]
)
def test_o12_days_that_cannot_be_are_refused(ends_on, words):
    with pytest.raises(ValidationError, match=words):
        end_party_worker(by=SYSTEM, worker=PartyWorkerFactory(), ends_on=ends_on)
