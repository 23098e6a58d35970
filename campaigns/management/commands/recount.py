"""``manage.py recount [--fix]``: whether the kept counters are what the records say."""

from typing import Any

from django.core.management.base import CommandParser

from branches.enums import Channel
from branches.management.base import PortalCommand
from branches.permissions import Actor
from campaigns.actions.recounts import fix_counters
from campaigns.queries.recount import Difference, counters, differences, months

SHOWN = 50


class Command(PortalCommand):
    help = (
        "核对任务的完成数、状态、人数和各月统计：按活动记录、台账和填报逐项重新计数，与保存的数字比较。"
        "一致时退出码为 0，不一致时为 1 并逐条列出；加 --fix 时改为重新计数的结果。可以反复执行。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--fix", action="store_true", help="把不一致的数字改为重新计数的结果，不改动已结账的结果")

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        """Compare month by month; with ``--fix`` count again what differs and compare once more."""
        checked, found, left = 0, [], []
        for month in months():
            checked += counters(month)
            different = differences(month)
            found += different
            if different and options["fix"]:
                fix_counters(by=Actor.system(Channel.COMMAND), month=month, found=different)
                different = differences(month)
            left += different
        self._tell(found, checked)
        result = {
            "checked": checked,
            "found": len(found),
            "fixed": len(found) - len(left),
            "differences": [each.as_json() for each in found[:SHOWN]],
        }
        return result, f"有 {len(left)} 处与重新计数的结果不一致。" if left else ""

    def _tell(self, found: list[Difference], checked: int) -> None:
        for each in found[:SHOWN]:
            self.say(each.text)
        if len(found) > SHOWN:
            self.say(f"……共 {len(found)} 处，以上为前 {SHOWN} 处。")
        self.say(f"共核对 {checked} 行，不一致 {len(found)} 处。")
