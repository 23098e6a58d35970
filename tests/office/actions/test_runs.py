"""A run from being asked for to being done."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from branches.models import AuditEntry
from branches.permissions import Actor
from office.actions import runs
from office.enums import Job, RunStatus
from office.models import Run, RunPiece
from partybuild.lib import clock
from tests.factories.branches import CommitteeFactory
from tests.factories.office import RunFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
START = "2026-04-01T08:00:00+08:00"


def _verbs() -> list[str]:
    return list(AuditEntry.objects.filter(object_type="office.Run").order_by("id").values_list("verb", flat=True))


class TestRequest:
    def test_asked_for_twice_it_is_one(self):
        first = runs.request_run(by=Actor(user_id=7), job=Job.DISPATCH, period="2026-03")
        second = runs.request_run(by=SYSTEM, job=Job.DISPATCH, period="2026-03")

        assert first == second
        assert (first.status, first.attempts, first.requested_by_id) == (RunStatus.WAITING, 0, 7)
        assert _verbs() == ["发起周期任务"]

    def test_another_job_period_or_subject_is_another(self):
        asked = [
            runs.request_run(by=SYSTEM, job=Job.DISPATCH, period="2026-03"),
            runs.request_run(by=SYSTEM, job=Job.CLOSE, period="2026-03"),
            runs.request_run(by=SYSTEM, job=Job.DISPATCH, period="2026-04"),
            runs.request_run(by=SYSTEM, job=Job.DISPATCH, period="2026-03", subject="SX-2026"),
        ]

        assert len({run.pk for run in asked}) == 4


class TestClaim:
    def test_it_is_taken_up_once(self, move_clock):
        move_clock(START)
        run = RunFactory()

        taken = runs.claim(run.pk, 60)

        assert taken is not None
        assert (taken.status, taken.attempts) == (RunStatus.RUNNING, 1)
        assert taken.started_at == clock.now()
        assert taken.lease_until == clock.now() + timedelta(seconds=60)
        assert runs.claim(run.pk, 60) is None

    def test_when_the_lease_has_ended_another_may(self, move_clock):
        move_clock(START)
        first = runs.claim(RunFactory().pk, 60)
        started_at = clock.now()
        move_clock("2026-04-01T08:01:01+08:00")

        second = runs.claim(first.pk, 60)

        assert (second.attempts, second.started_at) == (2, started_at)

    def test_no_more_than_three_times(self, move_clock):
        run = RunFactory()
        for minute in (0, 2, 4):
            move_clock(f"2026-04-01T08:0{minute}:00+08:00")
            assert runs.claim(run.pk, 60) is not None
        move_clock("2026-04-01T08:06:00+08:00")

        assert runs.claim(run.pk, 60) is None

    @pytest.mark.parametrize("status", [RunStatus.DONE, RunStatus.FAILED])
    def test_what_has_ended_is_not_taken_up(self, status):
        run = RunFactory(status=status, finished_at=clock.now())

        assert runs.claim(run.pk, 60) is None

    def test_one_that_is_not_there(self):
        assert runs.claim(1, 60) is None


class TestLease:
    def test_it_is_extended(self, move_clock):
        move_clock(START)
        run = runs.claim(RunFactory().pk, 60)
        move_clock("2026-04-01T08:00:50+08:00")

        runs.extend_lease(run, 60)

        assert Run.objects.get().lease_until == run.lease_until == clock.now() + timedelta(seconds=60)

    @pytest.mark.parametrize(
        "step",
        [
            lambda run: runs.extend_lease(run, 60),
            lambda run: runs.set_expected(run, 5),
            lambda run: runs.finish(run, {}),
            lambda run: runs.fail(run, "原因"),
        ],
        ids=["extend", "expected", "finish", "fail"],
    )
    def test_who_has_lost_it_writes_nothing(self, move_clock, step):
        move_clock(START)
        slow = runs.claim(RunFactory().pk, 60)
        move_clock("2026-04-01T08:02:00+08:00")
        runs.claim(slow.pk, 60)
        before = Run.objects.values().get()

        with pytest.raises(runs.LeaseLostError):
            step(slow)

        assert Run.objects.values().get() == before
        assert _verbs() == []


class TestPieces:
    def test_a_piece_is_done_once(self, move_clock):
        run, unit = runs.claim(RunFactory().pk, 60), CommitteeFactory()

        assert runs.finish_piece(run, unit.pk, {"rows": 30}) is True
        assert runs.finish_piece(run, unit, {"rows": 0}) is False
        assert list(RunPiece.objects.values_list("unit", "result")) == [(unit.pk, {"rows": 30})]

    def test_progress_gives_the_attempts_back(self, move_clock):
        run, unit = RunFactory(), CommitteeFactory()
        for minute in (0, 2, 4):
            move_clock(f"2026-04-01T08:0{minute}:00+08:00")
            last = runs.claim(run.pk, 60)
        assert last.attempts == 3

        runs.finish_piece(last, unit, {})
        move_clock("2026-04-01T08:06:00+08:00")

        assert runs.claim(run.pk, 60).attempts == 2


class TestEnd:
    def test_done(self, move_clock):
        move_clock(START)
        run = runs.claim(RunFactory().pk, 60)
        runs.set_expected(run, 12)

        runs.finish(run, {"created": 360})

        kept = Run.objects.get()
        assert (kept.status, kept.expected, kept.result) == (RunStatus.DONE, 12, {"created": 360})
        assert (kept.finished_at, kept.lease_until) == (clock.now(), None)

    def test_failed_it_waits_and_is_given_up_after_the_third_time(self):
        run = RunFactory()

        found = []
        for _ in range(3):
            runs.fail(runs.claim(run.pk, 60), "数据库暂时无法写入。")
            found.append(Run.objects.get().status)

        kept = Run.objects.get()
        assert found == [RunStatus.WAITING, RunStatus.WAITING, RunStatus.FAILED]
        assert kept.error == "数据库暂时无法写入。"
        assert kept.finished_at is not None
        assert _verbs() == ["周期任务未成功"] * 3

    def test_a_long_reason_is_cut(self):
        runs.fail(runs.claim(RunFactory().pk, 60), "长" * 300)

        assert Run.objects.get().error == "长" * 255

    def test_one_whose_worker_is_lost_each_time_is_given_up(self, move_clock):
        move_clock(START)
        stuck = RunFactory(status=RunStatus.RUNNING, attempts=3, lease_until=clock.now() - timedelta(seconds=1))
        RunFactory(period="2026-04", status=RunStatus.RUNNING, attempts=3, lease_until=clock.now())
        RunFactory(period="2026-05", status=RunStatus.RUNNING, attempts=2, lease_until=clock.now() - timedelta(days=1))

        assert runs.give_up_stuck_runs() == 1
        assert runs.give_up_stuck_runs() == 0
        stuck.refresh_from_db()
        assert (stuck.status, stuck.error) == (RunStatus.FAILED, "处理中断，多次重试仍未完成。")


class TestRestart:
    def test_a_failed_run_goes_on_with_what_is_missing(self):
        run, unit = (
            RunFactory(status=RunStatus.FAILED, attempts=3, finished_at=clock.now(), error="原因"),
            CommitteeFactory(),
        )
        runs.finish_piece(run, unit, {})

        again = runs.restart_run(by=SYSTEM, run=run)

        assert (again.status, again.attempts, again.error, again.finished_at) == (RunStatus.WAITING, 0, "", None)
        assert again.pieces.count() == 1
        assert _verbs() == ["重新执行周期任务"]

    def test_one_that_was_done_goes_over_all(self):
        run = RunFactory(status=RunStatus.DONE, finished_at=clock.now())
        runs.finish_piece(run, CommitteeFactory(), {})

        assert runs.restart_run(by=SYSTEM, run=run).pieces.count() == 0

    @pytest.mark.parametrize("status", [RunStatus.WAITING, RunStatus.RUNNING])
    def test_not_while_it_is_under_way(self, status):
        with pytest.raises(ValidationError, match="正在处理"):
            runs.restart_run(by=SYSTEM, run=RunFactory(status=status))


def _claim_carelessly(run_id: int) -> Run | None:
    """Reads, then writes: what ``claim`` would be without its condition in the UPDATE."""
    run = Run.objects.get(pk=run_id)
    if run.status != RunStatus.WAITING:
        return None
    run.status = RunStatus.RUNNING
    run.lease_until = clock.now()
    run.save()
    return run


def _claimed_by_two(claim, run_id: int) -> int:
    """Two workers ask at once: the second while the first has not committed. How many have the run."""
    found, asked = [], threading.Event()

    def second() -> None:
        try:
            asked.set()
            found.append(claim(run_id))
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with transaction.atomic():
        found.append(claim(run_id))
        other.start()
        asked.wait(5)
        _wait_until_blocked()
    other.join(10)
    return sum(run is not None for run in found)


def _wait_until_blocked() -> None:
    """Until the other connection waits for our lock."""
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.01)")
    raise AssertionError("the second claim never met the first")


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_it():
    assert _claimed_by_two(lambda run_id: runs.claim(run_id, 60), RunFactory().pk) == 1


@pytest.mark.django_db(transaction=True)
def test_negative_control_without_the_condition_both_get_it():
    assert _claimed_by_two(_claim_carelessly, RunFactory().pk) == 2
