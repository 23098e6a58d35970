"""``manage.py load_defaults``: the rule table and the working calendar; safe to repeat."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from branches.enums import Channel
from branches.permissions import Actor
from office.actions.defaults import load_defaults


class Command(BaseCommand):
    help = "装入规则表和工作日历的默认值。可以重复执行，已有的和人工修改过的内容保持不变。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="只在标准输出上给出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_defaults(by=Actor.system(Channel.COMMAND))
        if options["json"]:
            self.stdout.write(json.dumps({"rules": loaded.rules, "days": loaded.days}))
        elif options["verbosity"]:
            self.stdout.write(f"规则表新增 {loaded.rules} 条，工作日历新增 {loaded.days} 天。")
