"""月度调度 in the browser's view: the months, one run, dispatch by hand, running again, bulletins anew."""

from datetime import datetime

import pytest

from branches.enums import Role
from campaigns.models import Assignment
from desk.enums import TaskName
from office.enums import DocumentStatus, Job, RunStatus
from office.models import Run
from partybuild.lib.clock import ZONE
from tests.factories.branches import make_user_with_post
from tests.factories.desk import count_again, make_district, stand
from tests.factories.office import DocumentFactory, RunFactory, RunPieceFactory
from tests.harness.queue import empty, queued

NOW = datetime(2026, 3, 20, 15, 0, tzinfo=ZONE)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock(NOW)


@pytest.fixture
def district():
    return make_district()


@pytest.fixture
def staff(client, district):
    client.force_login(make_user_with_post(Role.STAFF, district.root))
    return client


def done(job, **fields):
    return RunFactory(job=job, status=RunStatus.DONE, finished_at=NOW, **fields)


class TestList:
    def test_the_months_stand_with_dispatch_closing_and_bulletin(self, staff, district):
        run = done(Job.DISPATCH, period="2026-02", expected=2, result={"assignments": 58, "answered": 3})
        for unit in district.committees:
            RunPieceFactory(run=run, unit=unit)
        done(Job.CLOSE, period="2026-02", expected=2, result={"on_time": 40, "late": 8, "missing": 10})
        bulletin = done(Job.BULLETIN, period="2026-02")
        DocumentFactory(run=bulletin, issuer=district.root)
        page = staff.get("/runs/")
        html = page.content.decode()
        assert [line.month.key for line in page.context["lines"]] == ["2026-03", "2026-02", "2026-01"]
        assert "已下发 2 / 2，58 项" in html
        assert "按时 40，补报 8，未完成 10" in html
        assert "下载" in html

    def test_as_many_queries_for_one_month_as_for_twelve(self, staff, district, django_assert_num_queries):
        for month in range(1, 13):
            run = done(Job.BULLETIN, period=f"2025-{month:02}")
            DocumentFactory(run=run, issuer=district.root, title=f"{month}月")
            RunFactory(job=Job.DISPATCH, period=f"2025-{month:02}")
        with django_assert_num_queries(10):
            staff.get("/runs/")

    def test_a_committee_looks_and_does_not_act(self, client, district):
        RunFactory(job=Job.DISPATCH, period="2026-03")
        client.force_login(make_user_with_post(Role.STAFF, district.committees[0]))
        html = client.get("/runs/").content.decode()
        assert "下发本月任务" not in html
        assert client.get("/runs/dispatch/").status_code == 403
        assert client.post("/runs/dispatch/", {"month": "2026-03"}).status_code == 403
        assert client.post("/runs/closing/", {"month": "2026-02"}).status_code == 403


class TestDetail:
    def test_while_it_runs_it_asks_for_itself_again(self, staff, district):
        run = RunFactory(job=Job.DISPATCH, period="2026-03", status=RunStatus.RUNNING, expected=3)
        RunPieceFactory(run=run, unit=district.committees[0], result={"assignments": 12, "answered": 2})
        html = staff.get(f"/runs/{run.pk}/").content.decode()
        assert "1 / 3 个单位" in html
        assert 'hx-trigger="load delay:2s"' in html
        assert "重新执行" not in html

    def test_the_fragment_is_the_progress_alone(self, staff):
        run = RunFactory(job=Job.DISPATCH, period="2026-03", status=RunStatus.RUNNING, expected=3)
        answer = staff.get(f"/runs/{run.pk}/", headers={"HX-Request": "true", "HX-Target": "run-progress"})
        assert answer.content.decode().strip().startswith('<div id="run-progress"')
        assert "<html" not in answer.content.decode()

    def test_when_it_has_ended_it_asks_no_more(self, staff):
        run = done(
            Job.DISPATCH, period="2026-03", expected=1, result={"assignments": 5, "organizations": 5, "answered": 1}
        )
        html = staff.get(f"/runs/{run.pk}/").content.decode()
        assert '<div id="run-progress">' in html
        assert "共下发 5 项任务，其中 1 项已由现有记录完成" in html

    def test_gone_over_again_it_tells_this_time_and_the_whole_month(self, staff):
        run = done(Job.DISPATCH, period="2026-03", expected=1, result={"assignments": 5, "answered": 1, "total": 63})
        html = staff.get(f"/runs/{run.pk}/").content.decode()
        assert "本次新下发 5 项任务，其中 1 项已由现有记录完成，不用再填。本月累计下发 63 项。" in html
        assert "，63 项" in staff.get("/runs/").content.decode()

    def test_a_failed_one_says_why_and_which_units_are_missing(self, staff, district):
        run = RunFactory(job=Job.DISPATCH, period="2026-03", status=RunStatus.FAILED, error="处理中断。", expected=3)
        RunPieceFactory(run=run, unit=district.committees[0])
        page = staff.get(f"/runs/{run.pk}/")
        assert "处理中断。" in page.content.decode()
        assert [(line.unit, line.done_at is not None) for line in page.context["pieces"]] == [
            ("区直机关工委", False),
            ("司局机关党委", False),
            ("财局机关党委", True),
        ]
        assert "重新执行" in page.content.decode()

    def test_a_committee_sees_its_own_part(self, client, district):
        run = done(Job.DISPATCH, period="2026-03", expected=2)
        for unit in district.committees:
            RunPieceFactory(run=run, unit=unit)
        client.force_login(make_user_with_post(Role.STAFF, district.committees[0]))
        assert [line.unit for line in client.get(f"/runs/{run.pk}/").context["pieces"]] == ["财局机关党委"]

    def test_an_unknown_run_is_not_there(self, staff):
        assert staff.get("/runs/999999/").status_code == 404


class TestDispatchByHand:
    def test_the_burden_is_shown_and_nothing_is_made(self, staff):
        page = staff.get("/runs/dispatch/")
        assert page.context["burden"].assignments == 15
        assert "确认下发2026年3月任务" in page.content.decode()
        assert not Assignment.objects.exists()

    def test_another_month_can_be_looked_at(self, staff):
        assert "确认下发2026年4月任务" in staff.get("/runs/dispatch/?month=2026-04").content.decode()
        assert staff.get("/runs/dispatch/?month=2020-01").status_code == 422

    def test_with_nothing_new_there_is_nothing_to_confirm(self, staff, district):
        for branch in district.branches:
            for target in [*district.targets, district.other_target]:
                stand(branch, target)
        html = staff.get("/runs/dispatch/").content.decode()
        assert "任务已全部下发" in html
        assert "确认下发" not in html

    def test_a_month_far_away_is_refused(self, staff):
        assert staff.post("/runs/dispatch/", {"month": "2030-01"}).status_code == 422
        assert not Run.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestQueued:
    @pytest.fixture(autouse=True)
    def _empty_queue(self):
        empty()
        yield
        empty()

    def test_confirming_starts_the_run(self, staff):
        answer = staff.post("/runs/dispatch/", {"month": "2026-03"})
        run = Run.objects.get()
        assert (run.job, run.period) == (Job.DISPATCH, "2026-03")
        assert answer["Location"] == f"/runs/{run.pk}/"
        assert queued() == [TaskName.DO_RUN]

    def test_running_again(self, staff):
        run = RunFactory(job=Job.CLOSE, period="2026-02", status=RunStatus.FAILED)
        assert staff.post(f"/runs/{run.pk}/restart/")["Location"] == f"/runs/{run.pk}/"
        run.refresh_from_db()
        assert run.status == RunStatus.WAITING
        assert queued() == [TaskName.DO_RUN]

    def test_one_under_way_is_not_run_again(self, staff):
        run = RunFactory(job=Job.CLOSE, period="2026-02", status=RunStatus.RUNNING)
        page = staff.post(f"/runs/{run.pk}/restart/", follow=True)
        assert "任务正在处理，请等待完成。" in page.content.decode()
        assert queued() == []

    def test_a_month_past_its_cut_off_is_closed_by_hand(self, staff, district):
        stand(district.branches[0], district.targets[0], "2026-02")
        count_again()
        staff.post("/runs/closing/", {"month": "2026-02"})
        assert Run.objects.get().job == Job.CLOSE
        assert queued() == [TaskName.DO_RUN]

    def test_before_the_cut_off_it_is_refused_with_the_day(self, client, district, move_clock):
        move_clock("2026-03-03T09:00:00+08:00")
        client.force_login(make_user_with_post(Role.STAFF, district.root))
        stand(district.branches[0], district.targets[0], "2026-02")
        count_again()
        page = client.post("/runs/closing/", {"month": "2026-02"}, follow=True)
        assert "补报截止日" in page.content.decode()
        assert not Run.objects.exists()
        assert client.post("/runs/closing/", {"month": "2026-03"}).status_code == 404


class TestBulletins:
    def test_a_draft_is_written_anew(self, staff, district):
        document = DocumentFactory(run=done(Job.BULLETIN, period="2026-02"), issuer=district.root, title="旧稿")
        answer = staff.post(f"/runs/bulletins/{document.pk}/redraft/")
        assert answer["Location"] == f"/office/documents/{document.pk}/"
        document.refresh_from_db()
        assert document.title == "2026年2月机关党建工作月调度纪要"

    def test_what_has_been_checked_stays(self, staff, district):
        document = DocumentFactory(
            run=done(Job.BULLETIN, period="2026-02"), issuer=district.root, title="旧稿", status=DocumentStatus.CHECKED
        )
        page = staff.post(f"/runs/bulletins/{document.pk}/redraft/", follow=True)
        assert "不能重新起草" in page.content.decode()
        document.refresh_from_db()
        assert document.title == "旧稿"

    def test_anothers_is_not_there(self, client, district):
        document = DocumentFactory(run=done(Job.BULLETIN, period="2026-02"), issuer=district.root)
        client.force_login(make_user_with_post(Role.STAFF, district.committees[0]))
        assert client.post(f"/runs/bulletins/{document.pk}/redraft/").status_code == 404
