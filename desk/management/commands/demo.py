"""`manage.py demo --scale district --seed 1 --until 2026-12`: invented data for trying the portal out."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk.actions.demo.make import SCALES, DemoError, make_demo
from partybuild.lib import clock, periods
from partybuild.lib.periods import Period, PeriodError, PeriodKind


class Command(BaseCommand):
    help = "生成演示数据：虚构的党组织、党员、账号和截至指定月份的十二个月记录。规模、种子和截止月份相同，数据相同。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale", choices=sorted(SCALES), default="district", help="规模，默认 district（约 60 个支部）"
        )
        parser.add_argument("--seed", type=int, default=1, help="随机种子，默认 1")
        parser.add_argument("--until", default="", help="截止月份，如 2026-12，默认本月")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")

    def handle(self, *args: Any, scale: str, seed: int, until: str, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("正式环境不能生成演示数据。", returncode=2)
        report = self.stderr.write if options["json"] else self.stdout.write
        path = settings.VAR_DIR / "demo-accounts.txt"
        try:
            made = make_demo(scale=scale, seed=seed, until=self._month(until), accounts_file=path, report=report)
        except DemoError as error:
            raise CommandError(str(error), returncode=1) from None
        if options["json"]:
            self.stdout.write(json.dumps(vars(made), ensure_ascii=False))
        else:
            self.stdout.write(
                f"已生成 {made.organizations} 个党组织、{made.members} 名党员、{made.activities} 条活动记录、"
                f"{made.assignments} 项任务。演示账号见 {path}。"
            )

    def _month(self, key: str) -> Period:
        if not key:
            return periods.containing(PeriodKind.MONTH, clock.today())
        try:
            period = periods.parse(key)
        except PeriodError:
            period = None
        if period is None or period.kind != PeriodKind.MONTH:
            raise CommandError(f"截止月份“{key}”写法不对，应如 2026-12。", returncode=2)
        return period
