"""``manage.py load_catalogue``: the five campaign templates; safe to repeat."""

import dataclasses
from typing import Any

from branches.management.base import PortalCommand, actor_named
from campaigns.actions.campaigns import load_templates


class Command(PortalCommand):
    help = "装入方案目录：五个创建活动的方案，含任务、指标、时间节点。可以重复执行，已经起草的活动不受影响。"
    takes_actor = True

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        loaded = load_templates(by=actor_named(options["login"]))
        if options["verbosity"]:
            self.say(f"方案新增 {loaded.created} 个，更新 {loaded.updated} 个，未变 {loaded.unchanged} 个。")
        return dataclasses.asdict(loaded), ""
