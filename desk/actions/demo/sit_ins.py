"""Invented presence of full-time deputy secretaries at the meetings on which they sit in. O12."""

from random import Random

from campaigns.models import Activity, Attendance
from campaigns.rules.sit_ins import NAMED_MEETINGS
from members.enums import PartyWorkerDuty
from members.models import PartyWorker

_THERE = 0.9


def fill_sit_ins(random: Random) -> None:
    """They were at nearly all of the named meetings of their own committee since they took the post."""
    workers = {
        worker.organization_id: worker
        for worker in PartyWorker.objects.filter(duty=PartyWorkerDuty.DEPUTY_SECRETARY, ends_on=None).order_by("pk")
    }
    meetings = Activity.objects.counting().filter(organization__in=workers, kind__in=NAMED_MEETINGS)
    rows = []
    for pk, organization_id, held_on in meetings.order_by("pk").values_list("pk", "organization_id", "held_on"):
        worker = workers[organization_id]
        if held_on >= worker.starts_on and random.random() < _THERE:
            rows.append(Attendance(activity_id=pk, member_id=worker.member_id))
    Attendance.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
