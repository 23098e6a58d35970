"""``manage.py load_catalogue``: the five campaign templates; safe to repeat."""

import dataclasses
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from branches.enums import Channel
from branches.permissions import Actor
from campaigns.actions.campaigns import load_templates


class Command(BaseCommand):
    help = "装入方案目录：五个创建活动的方案，含任务、指标、时间节点。可以重复执行，已经起草的活动不受影响。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="只在标准输出上给出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_templates(by=Actor.system(Channel.COMMAND))
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(loaded)))
        elif options["verbosity"]:
            self.stdout.write(f"方案新增 {loaded.created} 个，更新 {loaded.updated} 个，未变 {loaded.unchanged} 个。")
