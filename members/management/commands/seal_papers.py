"""``manage.py seal_papers [--dry-run] [--json] [--as 登录名]``."""

from typing import Any

from django.core.management.base import CommandParser

from branches.management.base import PortalCommand, actor_named
from members.actions.papers import papers_lying_open, seal_papers
from partybuild.lib import clock


class Command(PortalCommand):
    """Encrypt the papers about persons that lie as they are; the daily round does the same."""

    help = "把尚未加密的限定记录、谈话办理和发展党员材料加密存放；可以重复执行，每日任务也会执行"
    takes_actor = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="只统计，不改动")

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        found, sealed = papers_lying_open(), 0
        if options["dry_run"]:
            self.say(f"尚未加密的材料共 {found} 份。")
            return {"found": found, "sealed": sealed, "left": found}, ""
        sealed = seal_papers(by=actor_named(options["login"]), on=clock.today())
        left = papers_lying_open()
        self.say(f"尚未加密的材料共 {found} 份，已加密 {sealed} 份，剩余 {left} 份。")
        return {
            "found": found,
            "sealed": sealed,
            "left": left,
        }, "有材料的文件不在存储目录中，没有加密。" if left else ""
