"""``manage.py bootstrap_admin``: the first three officers with passwords that open one session."""

from typing import Any

from django.core.management.base import CommandParser

from branches.actions.bootstrap import bootstrap_admin
from branches.enums import Channel
from branches.management.base import PortalCommand, organization_coded
from branches.permissions import Actor


class Command(PortalCommand):
    help = "建立第一批系统管理员、安全管理员、审计管理员。初始密码只显示一次，3 天内有效，只能登录一次。"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--under", metavar="编码", help="管理员所在的顶级党组织")
        parser.add_argument(
            "--name", metavar="名称", default="", help="还没有党组织时，新建的工委名称，不填为“机关工委”"
        )

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        """Make the officers and print each with its password."""
        made = bootstrap_admin(
            by=Actor.system(Channel.COMMAND), organization=organization_coded(options["under"]), name=options["name"]
        )
        for one in made:
            self.say(f"{one.login}\t{one.password}\t{one.role.label}")
        accounts = [{"username": one.login, "password": one.password, "role": one.role.value} for one in made]
        return {"accounts": accounts}, ""
