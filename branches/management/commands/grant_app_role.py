"""``manage.py grant_app_role``: let the application's database role do its work, and only add to the audit trail."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from branches.actions.app_role import grant_app_role
from branches.enums import Channel
from branches.management.base import PortalCommand
from branches.permissions import Actor


class Command(PortalCommand):
    help = (
        "为应用的数据库角色授权：可以读写业务数据，对审计记录只能新增和查看。以数据库属主执行（OWNER_DATABASE_URL）。"
        "以后新建的表自动授权；migrate 之后也会自动重做。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--role", metavar="角色", default=settings.APP_ROLE, help="角色名，不填为 APP_ROLE 的值")

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        """Grant and say so."""
        grant_app_role(by=Actor.system(Channel.COMMAND), role=options["role"])
        self.say(f"已为数据库角色 {options['role']} 授权：审计记录只能新增和查看。")
        return {"role": options["role"]}, ""
