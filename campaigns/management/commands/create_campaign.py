"""``manage.py create_campaign CODE --year 2026 --issuer ORGCODE [--publish]``: a campaign from a template."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from branches.enums import Channel
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.campaigns import create_campaign, publish_campaign
from campaigns.models import Campaign, Template
from campaigns.queries.campaigns import find_plan
from campaigns.rules.campaigns import CampaignError, UnknownCampaignError


class Command(BaseCommand):
    help = "从方案起草一个年度活动；加 --publish 时随即发布。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE", help="方案代号：SX、WX、MF、TJ、TS")
        parser.add_argument("--year", type=int, required=True, help="年度")
        parser.add_argument("--issuer", required=True, metavar="ORGCODE", help="发布单位的党组织编码")
        parser.add_argument("--publish", action="store_true", help="起草后随即发布")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="发布日期，如 2026-01-01；默认今天")
        parser.add_argument("--json", action="store_true", help="只在标准输出上给出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            campaign = self._create(**options)
        except UnknownCampaignError as error:
            raise CommandError(str(error), returncode=2) from error
        except CampaignError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"id": campaign.pk, "code": campaign.symbol, "status": campaign.status}))
        else:
            self.stdout.write(f"{campaign.symbol} {campaign.name}：{campaign.get_status_display()}。")

    @transaction.atomic
    def _create(self, **options: Any) -> Campaign:
        code = options["code"].strip().upper()
        issuer = Organization.objects.filter(code=options["issuer"]).first()
        if issuer is None:
            raise UnknownCampaignError(f"没有编码为“{options['issuer']}”的党组织。")
        if "-" in code:
            raise UnknownCampaignError("请给出方案代号（如 SX），年度用 --year 指明。")
        by = Actor.system(Channel.COMMAND)
        template = Template.objects.filter(code=code).first()
        campaign = create_campaign(by=by, plan=find_plan(code), issuer=issuer, year=options["year"], template=template)
        return publish_campaign(by=by, campaign=campaign, on=options["on"]) if options["publish"] else campaign
