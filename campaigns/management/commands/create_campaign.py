"""``manage.py create_campaign CODE --year 2026 --issuer ORGCODE [--publish]``: a campaign from a template."""

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from branches.management.base import WRONG_USE, PortalCommand, actor_named, organization_coded
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.campaigns import create_campaign, publish_campaign
from campaigns.models import Campaign, Template
from campaigns.queries.campaigns import find_plan
from campaigns.rules.campaigns import CampaignError, UnknownCampaignError


class Command(PortalCommand):
    help = "从方案起草一个年度活动；加 --publish 时随即发布。"
    takes_actor = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("code", metavar="CODE", help="方案代号：SX、WX、MF、TJ、TS")
        parser.add_argument("--year", type=int, required=True, help="年度")
        parser.add_argument("--issuer", required=True, metavar="ORGCODE", help="发布单位的党组织编码")
        parser.add_argument("--publish", action="store_true", help="起草后随即发布")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="发布日期，如 2026-01-01；默认今天")

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        issuer = organization_coded(options["issuer"])
        code = options["code"].strip().upper()
        if issuer is None or "-" in code:
            raise CommandError("请给出方案代号（如 SX）和发布单位的编码，年度用 --year 指明。", returncode=WRONG_USE)
        try:
            campaign = _create(actor_named(options["login"]), code, issuer, options)
        except UnknownCampaignError as error:
            raise CommandError(str(error), returncode=WRONG_USE) from error
        except CampaignError as error:
            return {"code": f"{code}-{options['year']}", "error": str(error)}, str(error)
        self.say(f"{campaign.symbol} {campaign.name}：{campaign.get_status_display()}。")
        return {"id": campaign.pk, "code": campaign.symbol, "status": campaign.status}, ""


@transaction.atomic
def _create(by: Actor, code: str, issuer: Organization, options: dict[str, Any]) -> Campaign:
    template = Template.objects.filter(code=code).first()
    campaign = create_campaign(by=by, plan=find_plan(code), issuer=issuer, year=options["year"], template=template)
    return publish_campaign(by=by, campaign=campaign, on=options["on"]) if options["publish"] else campaign
