"""Invented activities with attendance, attachments and reviews, inserted in bulk."""

import io
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from docx import Document as WordDocument

from branches.models import User
from campaigns.enums import AbsenceReason, ActivityKind, ActivityStatus, AttachmentSlot, Decision
from campaigns.models import Activity, ActivityVersion, Attachment, Attendance, Review
from campaigns.queries.activities import snapshot
from campaigns.queries.units import units_below
from campaigns.rules import reviews
from desk.actions.demo.tree import Tree, Unit
from desk.rules.demo import texts
from desk.rules.demo.plan import Doing
from members.models import Member
from office.actions.files import store_upload
from office.models import StoredFile
from office.queries.rules import rule_table
from partybuild.lib import clock, periods
from partybuild.lib.periods import Period

REASONS = (AbsenceReason.LEAVE, AbsenceReason.TRAVEL, AbsenceReason.TRAVEL, AbsenceReason.SICK, AbsenceReason.DUTY)
PLACES = ("党员活动室", "三楼会议室", "机关会议室", "一楼党群服务中心", "二楼学习室")
LED_BY_SECRETARY = frozenset({ActivityKind.PARTY_LECTURE, ActivityKind.INTEGRITY_LECTURE})


@dataclass
class Recorded:
    """An activity to be saved, with all that hangs on it."""

    activity: Activity
    entered_at: datetime
    sheet: list[Attendance] = field(default_factory=list)
    slots: tuple[AttachmentSlot, ...] = ()
    remarks: list[tuple[Decision, datetime, str]] = field(default_factory=list)


class Writer:
    """Turns doings into rows; nothing that lies after ``end`` has been written yet."""

    def __init__(self, random: Random, tree: Tree, end: datetime, is_workday: Callable[[date], bool]) -> None:
        self.random, self.end, self.is_workday = random, end, is_workday
        rules = rule_table(end.date())
        self.percent = rules.int("review.sample_percent")
        self.resubmit_days = rules.int("deadline.resubmit_workdays")
        self.limits = reviews.Limits(rules.int("review.thin_characters"), rules.int("review.late_entry_days"))
        self.units = {
            organization: unit
            for unit, organizations in units_below(tree.root.path, end.date()).items()
            for organization in organizations
        }
        self.root_id = tree.root.pk
        self.users = dict(
            User.objects.filter(posts__role="staff").order_by("-pk").values_list("posts__organization_id", "pk")
        )
        self.files: dict[AttachmentSlot, StoredFile] = {}

    def write(self, unit: Unit, month: Period, doing: Doing) -> list[Recorded]:
        """The record of a doing; none when it would be written after the end, or nobody could have been there."""
        people = self._people(unit, doing)
        held_on = month.starts_on + timedelta(days=doing.day)
        while not self.is_workday(held_on) and held_on > month.starts_on:
            held_on -= timedelta(days=1)
        start = month.ends_on if doing.from_month_end else held_on
        entered_at = self._moment(start + timedelta(days=doing.entered_after))
        if not people or entered_at > self.end:
            return []
        activity = self._activity(unit, doing, people, held_on, entered_at)
        recorded = Recorded(activity, entered_at, self._sheet(unit, people, held_on), doing.slots)
        self._judge(recorded)
        return [recorded]

    def save(self, recorded: Sequence[Recorded]) -> list[Activity]:
        """Insert everything; the activities with their ids."""
        activities = Activity.objects.bulk_create([each.activity for each in recorded], batch_size=1000)
        for each in recorded:
            for row in each.sheet:
                row.activity = each.activity
        Attendance.objects.bulk_create([row for each in recorded for row in each.sheet], batch_size=5000)
        Attachment.objects.bulk_create([row for each in recorded for row in self._attachments(each)])
        Review.objects.bulk_create([row for each in recorded for row in self._reviews(each)])
        ActivityVersion.objects.bulk_create([row for each in recorded for row in self._versions(each)])
        return activities

    def _moment(self, day: date) -> datetime:
        return datetime.combine(day, time(self.random.randint(9, 17), self.random.randint(0, 59)), tzinfo=clock.ZONE)

    def _people(self, unit: Unit, doing: Doing) -> list[Member]:
        if doing.kind == ActivityKind.BRANCH_COMMITTEE:
            return unit.committee if len(unit.committee) > 1 else []
        if doing.group is not None:
            return unit.members[doing.group :: len(unit.groups)]
        return unit.members or unit.leaders

    def _activity(
        self, unit: Unit, doing: Doing, people: list[Member], held_on: date, entered_at: datetime
    ) -> Activity:
        random = self.random
        host = unit.secretary if doing.kind in LED_BY_SECRETARY or random.random() < 0.7 else random.choice(people)
        secretary_id = unit.secretary.user_id if unit.secretary else None
        by = self.users.get(unit.organization.pk) or secretary_id
        names = [member.name for member in people]
        return Activity(
            organization=unit.organization,
            group=unit.groups[doing.group] if doing.group is not None else None,
            client_key=uuid.UUID(int=random.getrandbits(128), version=4),
            kind=doing.kind,
            parts=[part.value for part in doing.parts],
            title=f"{held_on.month}月{doing.kind.label}",
            held_on=held_on,
            held_at=time(random.choice((9, 14, 15, 16)), random.choice((0, 30))),
            place=random.choice(PLACES),
            hours=Decimal(doing.hours),
            host=host or people[0],
            minutes=texts.thin_minutes(random) if doing.is_thin else texts.minutes(random, names),
            status=ActivityStatus.FILED,
            version=1,
            created_at=entered_at,
            created_by_id=by,
            saved_at=entered_at,
            filed_at=entered_at,
            filed_by_id=by,
            counts_from=entered_at,
            review_unit_id=self.units.get(unit.organization.pk),
        )

    def _sheet(self, unit: Unit, people: list[Member], held_on: date) -> list[Attendance]:
        absent = 0.04 + (1 - unit.diligence) * 0.3
        committee = {member.pk for member in unit.committee}
        rows = []
        for member in people:
            is_present = self.random.random() >= absent
            rows.append(
                Attendance(
                    member=member,
                    is_present=is_present,
                    reason="" if is_present else self.random.choice(REASONS),
                    can_vote=member.converted_on is not None and member.converted_on <= held_on,
                    in_committee=member.pk in committee,
                )
            )
        return rows

    def _judge(self, recorded: Recorded) -> None:
        """Flags, the sample, and what the reviewers did with it before the end."""
        activity, random = recorded.activity, self.random
        facts = reviews.Facts(
            minutes=activity.minutes,
            held_on=activity.held_on,
            entered_on=recorded.entered_at.date(),
            expected=len(recorded.sheet),
            present=sum(row.is_present for row in recorded.sheet),
        )
        activity.flags = reviews.flags(reviews.checks(facts, self.limits))
        sampled = reviews.is_sampled(activity.organization_id, activity.client_key, self.percent)
        activity.needs_review = bool(activity.flags) or sampled
        reviewed_at = self._moment((recorded.entered_at + timedelta(days=random.randint(1, 9))).date())
        if not activity.needs_review or reviewed_at > self.end:
            return
        if activity.flags and random.random() < 0.3:
            self._return(recorded, reviewed_at)
        else:
            self._approve(recorded, reviewed_at)

    def _approve(self, recorded: Recorded, at: datetime) -> None:
        recorded.activity.status = ActivityStatus.APPROVED
        recorded.activity.review_level = 1
        recorded.remarks.append((Decision.APPROVE, at, ""))

    def _return(self, recorded: Recorded, at: datetime) -> None:
        """Sent back; corrected within days unless that lies after the end (or nobody ever does)."""
        activity, random = recorded.activity, self.random
        recorded.remarks.append((Decision.RETURN, at, random.choice(texts.REMARKS)))
        activity.returned_at = at
        activity.resubmit_by = periods.add_workdays(at.date(), self.resubmit_days, self.is_workday)
        again_at = self._moment(at.date() + timedelta(days=random.randint(1, 4)))
        if again_at > self.end or random.random() < 0.06:
            activity.status = ActivityStatus.RETURNED
            return
        names = [row.member.name for row in recorded.sheet]
        activity.minutes = f"{activity.minutes}\n{texts.minutes(random, names)}"
        activity.version, activity.filed_at = 2, again_at
        checked_at = self._moment(again_at.date() + timedelta(days=1))
        if checked_at <= self.end:
            activity.status = ActivityStatus.APPROVED
            activity.review_level = 1
            recorded.remarks.append((Decision.APPROVE, checked_at, ""))

    def _attachments(self, recorded: Recorded) -> list[Attachment]:
        return [
            Attachment(
                activity=recorded.activity,
                slot=slot,
                file=self._file(slot),
                name=f"{slot.label}.docx",
                added_at=recorded.entered_at,
                added_by_id=recorded.activity.filed_by_id,
            )
            for slot in recorded.slots
        ]

    def _file(self, slot: AttachmentSlot) -> StoredFile:
        if slot not in self.files:
            word = WordDocument()
            word.add_heading(slot.label, 1)
            word.add_paragraph(f"演示材料：{slot.label}。内容为虚构。")
            word.core_properties.created = word.core_properties.modified = datetime(2026, 1, 5, 9, tzinfo=UTC)
            stream = io.BytesIO()
            word.save(stream)
            stream.seek(0)
            self.files[slot] = store_upload(stream, f"{slot.label}.docx")
        return self.files[slot]

    def _reviews(self, recorded: Recorded) -> list[Review]:
        unit = recorded.activity.review_unit_id or self.root_id
        reviewer = self.users.get(unit) or self.users[self.root_id]
        return [
            Review(
                activity=recorded.activity,
                version=number,
                level=1,
                decision=decision,
                remark=remark,
                reviewer_id=reviewer,
                organization_id=unit,
                decided_at=at,
            )
            for number, (decision, at, remark) in enumerate(recorded.remarks, start=1)
        ]

    def _versions(self, recorded: Recorded) -> list[ActivityVersion]:
        """Versions of what somebody has to look at or has corrected; for the rest the record itself says it all."""
        activity = recorded.activity
        if activity.version == 1 and not activity.needs_review:
            return []
        now = snapshot(activity)
        contents = [now]
        if activity.version > 1:
            contents = [{**now, "minutes": activity.minutes.rsplit("\n", 3)[0]}, now]
        return [
            ActivityVersion(
                activity=activity,
                number=number,
                content=content,
                filed_at=recorded.entered_at if number == 1 else activity.filed_at or recorded.entered_at,
                filed_by_id=activity.filed_by_id,
            )
            for number, content in enumerate(contents, start=1)
        ]
