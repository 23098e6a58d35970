"""``manage.py show_campaign CODE``: a template (SX) or a campaign (SX-2026), whole."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from branches.management.base import WRONG_USE, PortalCommand
from campaigns.queries.campaigns import find_plan
from campaigns.rules.campaigns import UnknownCampaignError
from campaigns.rules.plan_text import plan_text
from campaigns.rules.plans import public_form


class Command(PortalCommand):
    help = "显示一个方案（如 SX）或年度活动（如 SX-2026）的全部内容：类型、任务、指标、节点、阶段、周期、领导小组。"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("code", metavar="CODE", help="方案代号（SX、WX、MF、TJ、TS）或活动代号（SX-2026）")
        parser.add_argument("--issuer", default="", metavar="ORGCODE", help="几个单位都有这一活动时，指明发布单位编码")

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        try:
            plan = find_plan(options["code"], options["issuer"])
        except UnknownCampaignError as error:
            raise CommandError(str(error), returncode=WRONG_USE) from error
        if not self.is_json:
            self.say(plan_text(plan))
        return public_form(plan), ""
