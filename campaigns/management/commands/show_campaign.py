"""``manage.py show_campaign CODE``: a template (SX) or a campaign (SX-2026), whole."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaigns.queries.campaigns import find_plan
from campaigns.rules.campaigns import UnknownCampaignError
from campaigns.rules.plan_text import plan_text
from campaigns.rules.plans import public_form


class Command(BaseCommand):
    help = "显示一个方案（如 SX）或年度活动（如 SX-2026）的全部内容：类型、任务、指标、节点、阶段、周期、领导小组。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "code", metavar="CODE", help="方案代号（SX、WX、MF、TJ、TS），或带年度的活动代号（SX-2026）"
        )
        parser.add_argument("--issuer", default="", metavar="CODE", help="几个单位发布了同一活动时，指明发布单位的编码")
        parser.add_argument("--json", action="store_true", help="只在标准输出上给出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            plan = find_plan(options["code"], options["issuer"])
        except UnknownCampaignError as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(public_form(plan), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(plan_text(plan))
