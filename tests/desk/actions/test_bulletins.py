"""The monthly bulletin: its numbers are those of the closing, and it is drafted once."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.models import Assignment, Tally
from desk.actions.bulletins import draft_monthly_bulletin, redraft_monthly_bulletin
from office.actions.documents import check
from office.enums import DocumentStatus, Job
from office.models import Document, Run
from office.queries.documents import content_of, rendered
from partybuild.lib import periods
from partybuild.lib.official import Table
from tests.factories.branches import CommitteeFactory, make_user_with_post
from tests.factories.campaigns import CampaignFactory, TargetFactory, TaskFactory
from tests.factories.desk import close, count_again, excused, make_district, stand
from tests.factories.office import DocumentFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
MARCH = periods.parse("2026-03")


@pytest.fixture(autouse=True)
def _after_the_closing(move_clock):
    move_clock("2026-04-16T09:00:00+08:00")


@pytest.fixture
def district():
    made = make_district()
    one, two, three, four, root_branch = made.branches
    stand(one, made.targets[0], "2026-02", done_on=date(2026, 2, 20))
    stand(two, made.targets[0], "2026-02")
    for target in made.targets:
        stand(one, target, done_on=date(2026, 3, 12))
        stand(two, target, done_on=date(2026, 4, 10))
        stand(three, target)
        excused(four, target)
    stand(root_branch, made.other_target, done_on=date(2026, 3, 2))
    count_again()
    for month in ("2026-02", "2026-03"):
        close(month)
    return made


def draft(district):
    return draft_monthly_bulletin(by=SYSTEM, month=MARCH, issuer=district.root)


def table(document, title):
    return next(block for block in content_of(document).blocks if isinstance(block, Table) and title in block.title)


def test_units_stand_as_a_plain_count_of_the_outcomes_has_them(district):
    rows = {row[1]: list(row) for row in table(draft(district), "各单位").rows}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT o.name, count(*) FILTER (WHERE outcome <> 'exempt'), count(*) FILTER (WHERE outcome = 'on_time'),
                      count(*) FILTER (WHERE outcome = 'late'), count(*) FILTER (WHERE outcome = 'missing'),
                      count(*) FILTER (WHERE outcome = 'exempt')
                 FROM campaigns_assignment a JOIN branches_organization o ON o.id = a.unit_id
                WHERE a.due_month = '2026-03' AND a.path LIKE o.path || '%%' AND o.kind = 'committee' GROUP BY o.name"""
        )
        plain = {name: [str(count) for count in counts] for name, *counts in cursor.fetchall()}
    assert plain == {name: row[2:7] for name, row in rows.items() if "机关党委" in name}
    assert rows["财局机关党委"] == ["1", "财局机关党委", "4", "2", "2", "0", "0", "100%", "50.0%"]
    assert rows["司局机关党委"][7:] == ["0.0%", "0.0%"]


def test_what_comes_after_the_closing_does_not_move_it(district):
    before = content_of(draft(district)).blocks
    Document.objects.all().delete()
    Assignment.objects.filter(outcome="missing").update(state="done", done=1, completed_at="2026-04-16T08:00+08:00")
    count_again()
    assert content_of(draft(district)).blocks == before


def test_the_missing_are_listed_with_most_first(district):
    rows = [list(row) for row in table(draft(district), "未完成任务").rows]
    assert rows == [["司局第1支部", "司局机关党委", "2", "政治机关主题党日；书香机关主题党日"]]


def test_it_is_drafted_once_whatever_became_of_it(district):
    first = draft(district)
    check(by=SYSTEM, document=first)
    again = draft(district)
    assert (again.pk, again.status) == (first.pk, DocumentStatus.CHECKED)
    assert Document.objects.count() == 1
    run = Run.objects.get(job=Job.BULLETIN)
    assert (run.period, first.run_id) == ("2026-03", run.pk)


def test_it_opens_as_a_document_with_its_tables(district):
    opened = docx.Document(BytesIO(rendered(draft(district))))
    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    assert "3月应完成7项（另有2项免报，不计入），完成5项，完成率71.4%。" in text
    assert "与2月相比，完成率上升21.4个百分点" in text
    assert len(opened.tables) == 5  # four tables and the chart


def test_a_month_that_is_not_closed_is_refused(district):
    stand(district.branches[0], district.targets[0], "2026-04")
    count_again()
    with pytest.raises(ValidationError, match="2026年4月尚未结账"):
        draft_monthly_bulletin(by=SYSTEM, month=periods.parse("2026-04"), issuer=district.root)
    assert not Document.objects.exists()


def test_a_month_without_tasks_has_a_bulletin_that_says_so(district):
    document = draft_monthly_bulletin(by=SYSTEM, month=periods.parse("2025-11"), issuer=district.root)
    assert "11月没有到期的任务。" in [getattr(block, "text", "") for block in content_of(document).blocks]


def test_only_the_campaigns_of_the_issuer_are_told_of(district):
    unit = district.committees[0]
    own = CampaignFactory(issuer=unit, code="MF", name="模范机关")
    target = TargetFactory(task=TaskFactory(campaign=own), title="自定任务")
    stand(district.branches[0], target, done_on=date(2026, 3, 9))
    count_again()
    close("2026-03")
    of_unit = draft_monthly_bulletin(by=SYSTEM, month=MARCH, issuer=unit)
    of_root = draft(district)
    assert [row[0] for row in table(of_unit, "各创建活动").rows] == ["模范机关"]
    assert [row[0] for row in table(of_root, "各创建活动").rows] == ["四型机关", "五型模范机关"]


def test_what_falls_due_next_month_is_announced(district):
    document = draft(district)
    texts = [getattr(block, "text", "") for block in content_of(document).blocks]
    assert "4月每月任务3项：政治机关主题党日、书香机关主题党日、标准机关主题党日。" in texts


def test_a_draft_is_written_anew_from_the_figures_of_now(district):
    document = draft(district)
    Assignment.objects.filter(outcome="missing", due_month="2026-03").delete()
    Tally.objects.filter(due_month="2026-03").update(frozen_at=None)
    count_again()
    close("2026-03")
    staff = make_user_with_post("staff", district.root)
    again = redraft_monthly_bulletin(by=Actor(user_id=staff.pk), document=document)
    assert again.pk == document.pk
    assert not [block for block in content_of(again).blocks if "未完成任务" in getattr(block, "title", "")]
    assert AuditEntry.objects.filter(verb="重新起草公文", object_id=document.pk, user_id=staff.pk).count() == 1


def test_what_has_been_checked_is_not_written_anew(district):
    document = draft(district)
    check(by=SYSTEM, document=document)
    with pytest.raises(ValidationError, match="已核稿"):
        redraft_monthly_bulletin(by=SYSTEM, document=document)


def test_another_document_is_no_bulletin():
    with pytest.raises(ValidationError, match="不是月调度纪要"):
        redraft_monthly_bulletin(by=SYSTEM, document=DocumentFactory(issuer=CommitteeFactory()))
