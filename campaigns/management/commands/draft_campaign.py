"""``manage.py draft_campaign PLAN``: what is found in a plan; with ``--save`` it becomes a draft to be corrected."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from branches.management.base import WRONG_USE, PortalCommand, actor_named, organization_coded
from campaigns.actions.plan_drafts import save_draft
from campaigns.queries.plan_files import plan_text
from campaigns.rules.plan_drafts.states import PlanDraftError
from campaigns.rules.plan_text import plan_text as in_words
from campaigns.rules.reading.reader import read_plan
from campaigns.rules.reading.shapes import Reading, ReadingError, draft_form
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.uploads.kinds import UploadError


class Command(PortalCommand):
    help = "读取一份方案（.docx、.txt），列出任务、指标、节点、阶段、周期、领导小组及各自的原文；加 --save 时存为草稿。"
    takes_actor = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("plan", type=Path, metavar="PLAN", help="方案文件，.docx 或 .txt，不超过 50,000 字")
        parser.add_argument("--save", action="store_true", help="存为草稿，须用 --issuer 指明发布单位")
        parser.add_argument("--issuer", default="", metavar="ORGCODE", help="发布单位的党组织编码")

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        path: Path = options["plan"]
        if not path.is_file():
            raise CommandError(f"没有文件 {path}。", returncode=WRONG_USE)
        issuer = organization_coded(options["issuer"])
        if options["save"] and issuer is None:
            raise CommandError("存为草稿须用 --issuer 指明发布单位的编码。", returncode=WRONG_USE)
        try:
            reading = read_plan(plan_text(path, path.name), rules=rule_table(clock.today()))
            form = draft_form(reading)
            if options["save"] and issuer is not None:
                draft = save_draft(by=actor_named(options["login"]), issuer=issuer, text=reading.text, reading=reading)
                form["id"] = draft.pk
        except (UploadError, ReadingError, PlanDraftError) as error:
            return {"error": str(error)}, str(error)
        self._tell(reading)
        return form, ""

    def _tell(self, reading: Reading) -> None:
        """In words for a person; the remarks go to standard error when one object was asked for."""
        if not self.is_json:
            self.say(in_words(reading.plan))
            self.say(f"待核对 {len(reading.unsure)} 处。")
        for remark in reading.remarks:
            self.say(remark)
