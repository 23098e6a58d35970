"""Rows of the office floor.

RuleFactory(code="funds.per_head", value=800, effective_from=date(2026, 7, 1))
RunFactory(job="close", period="2026-03")
DocumentFactory(issuer=root)                                    # a draft
"""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

import factory
from factory.django import DjangoModelFactory

from office.enums import DocumentKind, Job
from office.models import Document, Notice, Rule, Run, RunPiece, StoredFile, WorkDay
from partybuild.lib.clock import ZONE
from partybuild.lib.official import Attendance, BarChart, Heading, OfficialDocument, Paragraph, Table, as_dict
from tests.factories.branches import CommitteeFactory, OrganizationFactory, UserFactory

DRAFTED_AT = datetime(2026, 4, 1, 9, 0, tzinfo=ZONE)


class RuleFactory(DjangoModelFactory):
    """A value of the rule table from a day on."""

    class Meta:
        model = Rule

    code = factory.Sequence(lambda n: f"test.rule{n}")
    name = "测试规则"
    value = 1
    basis = "测试"
    effective_from = date(2026, 1, 1)
    recorded_at = DRAFTED_AT


class WorkDayFactory(DjangoModelFactory):
    """A day of rest in a year that the calendar does not know."""

    class Meta:
        model = WorkDay

    day = date(2031, 3, 10)
    is_workday = False


class RunFactory(DjangoModelFactory):
    """A run that waits."""

    class Meta:
        model = Run

    job = Job.DISPATCH
    period = "2026-03"


class RunPieceFactory(DjangoModelFactory):
    class Meta:
        model = RunPiece

    run = factory.SubFactory(RunFactory)
    unit = factory.SubFactory(CommitteeFactory)
    done_at = DRAFTED_AT


class StoredFileFactory(DjangoModelFactory):
    """A row without its bytes: use ``office.actions.files.store_upload`` where the content matters."""

    class Meta:
        model = StoredFile

    sha256 = factory.Sequence(lambda n: sha256(str(n).encode()).hexdigest())
    size = 2048
    content_type = "application/pdf"
    extension = "pdf"
    stored_at = DRAFTED_AT


class DocumentFactory(DjangoModelFactory):
    """A draft of the minutes of a month."""

    class Meta:
        model = Document

    issuer = factory.SubFactory(OrganizationFactory)
    kind = DocumentKind.MINUTES
    title = "2026年3月调度纪要"
    year = 2026
    drafted_at = DRAFTED_AT
    body = factory.LazyAttribute(lambda document: as_dict(make_content(title=document.title)))


def make_content(**fields: Any) -> OfficialDocument:
    """The minutes of a month, with one block of each kind but a picture."""
    values = {
        "kind": "minutes",
        "mark": "区直机关党建工作调度纪要",
        "title": "2026年3月调度纪要",
        "date": date(2026, 4, 1),
        "number": "区直工",
        "signer": "区直机关工委",
        "printed_by": "区直机关工委办公室",
        "copies": "区委组织部",
        "attendance": (Attendance("出席", "周敏、李文博"),),
        "blocks": (
            Heading(1, "总体完成情况"),
            Paragraph("3月应完成360项，按时完成331项。", lead="进度总体平稳。"),
            Table(
                "各机关党委完成情况",
                ("单位", "应完成", "完成率"),
                (("财政局机关党委", "30", "96.7%"),),
                note="单位：项",
            ),
            BarChart("各维度完成率", (("政治机关", 0.98, "98%"), ("书香机关", 0.75, "75%"))),
        ),
    }
    return OfficialDocument(**{**values, **fields})


class NoticeFactory(DjangoModelFactory):
    """Something a person was told and has not read."""

    class Meta:
        model = Notice

    user = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"test:{n}")
    text = "测试消息"
    told_at = DRAFTED_AT
