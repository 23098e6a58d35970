"""`manage.py run_cycle monthly 2026-03`: one cycle, as beat runs it; safe to repeat."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from branches.enums import Channel
from branches.permissions import Actor
from desk.actions import cycles
from office.actions import runs
from office.enums import Job, RunStatus
from office.models import Run
from partybuild.lib import periods
from partybuild.lib.periods import Period, PeriodError, PeriodKind

KINDS = {"monthly": PeriodKind.MONTH, "close": PeriodKind.MONTH, "midyear": PeriodKind.HALF_YEAR}
EXAMPLES = {"monthly": "2026-03", "close": "2026-02", "midyear": "2026H1"}


class Command(BaseCommand):
    help = (
        "执行一个周期：monthly 2026-03（月度下发）、close 2026-02（月度结账）、midyear 2026H1（半年评估）。可重复执行。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cycle", choices=sorted(KINDS), help="周期任务")
        parser.add_argument("period", help="周期，如 2026-03、2026H1")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")

    def handle(self, *args: Any, cycle: str, period: str, **options: Any) -> None:
        parsed = self._parsed(cycle, period)
        by = Actor.system(Channel.COMMAND)
        try:
            run = self._requested(cycle, parsed, by)
        except cycles.CycleRefusedError as refused:
            raise CommandError(str(refused), returncode=1) from None
        cycles.do_run(run.pk)
        run.refresh_from_db()
        if run.status != RunStatus.DONE:
            raise CommandError(run.error or "任务正在由后台处理，请稍后查看。", returncode=1)
        self._print(run, options["json"])

    def _parsed(self, cycle: str, key: str) -> Period:
        try:
            period = periods.parse(key)
        except PeriodError:
            period = None
        if period is None or period.kind != KINDS[cycle]:
            raise CommandError(f"周期“{key}”写法不对，应如 {EXAMPLES[cycle]}。", returncode=2)
        return period

    def _requested(self, cycle: str, period: Period, by: Actor) -> Run:
        if cycle == "monthly":
            return cycles.start_dispatch(by=by, month=period)
        if cycle == "close":
            return cycles.start_closing(by=by, month=period)
        run = runs.request_run(by=by, job=Job.MIDYEAR, period=period.key)
        return runs.restart_run(by=by, run=run) if run.status == RunStatus.DONE else run

    def _print(self, run: Run, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"cycle": run.job, "period": run.period, **run.result}, ensure_ascii=False))
        else:
            self.stdout.write(f"{run.get_job_display()}（{run.period}）已完成：{run.result}")
