"""What the portal's commands share: help in Chinese, exit status 0 done, 1 refused, 2 wrong use, one JSON object."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from branches.enums import Channel
from branches.models import Organization, User
from branches.permissions import Actor
from branches.queries.access import scope_of
from partybuild.lib import clock

REFUSED, WRONG_USE = 1, 2
_HELP = {
    "help": "显示本说明",
    "version": "显示版本",
    "verbosity": "输出的详细程度",
    "settings": "使用的配置模块",
    "pythonpath": "添加到 Python 搜索路径的目录",
    "traceback": "出错时显示完整信息",
    "no_color": "输出不带颜色",
    "force_color": "输出总带颜色",
    "skip_checks": "跳过系统检查",
}


class PortalCommand(BaseCommand):
    """Base of the portal's commands: ``run`` does the work and returns what ``--json`` prints."""

    takes_actor = False
    is_json = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Django's parser with its own options explained in Chinese."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser._positionals.title, parser._optionals.title = "参数", "选项"
        for action in parser._actions:
            action.help = _HELP.get(action.dest, action.help)
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="在标准输出上只打印一个 JSON 对象")
        if self.takes_actor:
            parser.add_argument("--as", dest="login", metavar="登录名", help="以该账号的身份执行，不填为系统")

    def handle(self, *args: Any, **options: Any) -> None:
        self.is_json = options["json"]
        try:
            result, refusal = self.run(**options)
        except OperationalError as error:
            raise CommandError("数据库没有启动，请先执行 make services 或 make run。", returncode=WRONG_USE) from error
        except ValidationError as error:
            raise CommandError("".join(error.messages), returncode=REFUSED) from error
        if self.is_json:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        if refusal:
            raise CommandError(refusal, returncode=REFUSED)

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        """Do the work; returns the object for ``--json`` and, for exit status 1, why not all was done."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Tell a person; standard output belongs to the JSON object when one was asked for."""
        (self.stderr if self.is_json else self.stdout).write(text)


def actor_named(login: str | None) -> Actor:
    """The account named by ``--as`` under its first post in force; without a name the system."""
    if not login:
        return Actor.system(Channel.COMMAND)
    user = User.objects.filter(login=login, is_active=True).first()
    if user is None:
        raise CommandError(f"没有登录名为 {login} 的账号，或账号已停用。", returncode=WRONG_USE)
    grant = scope_of(user.pk, clock.today()).grant
    return Actor(
        user_id=user.pk,
        post_id=grant.post_id if grant else None,
        organization_id=grant.organization_id if grant else None,
        organization_path=grant.path if grant else "",
        channel=Channel.COMMAND,
    )


def organization_coded(code: str | None) -> Organization | None:
    """The organisation named by a code on the command line."""
    if not code:
        return None
    organization = Organization.objects.filter(code=code).first()
    if organization is None:
        raise CommandError(f"没有编码为 {code} 的党组织。", returncode=WRONG_USE)
    return organization
