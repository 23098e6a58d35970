"""``manage.py score ROUND``: compute a round anew, or check a published one against its basis."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from assessments.actions.rounds import rescore
from assessments.enums import Grade, RoundStatus
from assessments.models import Round
from assessments.queries.explanations import explanation
from assessments.queries.named import UnknownRoundError, round_named, sheet_of
from assessments.queries.rounds import standings
from assessments.queries.sealing import verify
from assessments.queries.sheet_page import sheet_page
from assessments.rules.rounds import Viewer, shown_stages
from branches.management.base import WRONG_USE, PortalCommand, actor_named

_ALL = Viewer(can_score=True, can_manage=True)


class Command(PortalCommand):
    help = "重新计分并列出名次和等次；已公布的评估不再计分，只按公布时的依据核对。例：score SX-2026/2026H1"
    takes_actor = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", metavar="评估", help="活动代号-年度/评估期，如 SX-2026/2026H1")
        parser.add_argument("--explain", metavar="编码", help="列出该党组织每一分的依据，直到记录")
        parser.add_argument("--issuer", metavar="编码", default="", help="发布单位的编码，几个单位有同名活动时填写")
        super().add_arguments(parser)

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        """Score or verify, then list."""
        actor = actor_named(options["login"])
        try:
            round_ = round_named(options["round"], options["issuer"])
            sheet = sheet_of(round_, options["explain"]) if options["explain"] else None
        except UnknownRoundError as error:
            raise CommandError(str(error), returncode=WRONG_USE) from error
        if round_.status == RoundStatus.PUBLISHED:
            result, refusal = self._verified(round_)
        else:
            result, refusal = {"changed": rescore(by=actor, round_=round_)}, ""
        result = {"round": options["round"], "status": round_.status, **result, "results": _results(round_)}
        if sheet is not None:
            page = sheet_page(sheet, shown_stages(round_.status, sheet.checked_at is not None, _ALL))
            result["explain"] = explanation(sheet, page)
        self._tell(result)
        return result, refusal

    def _verified(self, round_: Round) -> tuple[dict[str, Any], str]:
        found = verify(round_)
        result = {"verified": found.holds, "problems": found.problems, "hash": round_.result_hash}
        return result, "" if found.holds else f"与公布时的依据不符：{'；'.join(found.problems)}。"

    def _tell(self, result: dict[str, Any]) -> None:
        if "verified" in result:
            self.say("已公布，按依据核对无误。" if result["verified"] else "已公布，核对不符。")
        else:
            self.say(f"已重新计分，{result['changed']} 项得分有变化。")
        for row in result["results"]:
            self.say(f"{row['rank'] or '—'}\t{row['name']}\t{row['total'] or '—'}\t{row['grade'] or '—'}")
        for line in result.get("explain", {}).get("indicators", []):
            self.say(f"{line['indicator']}\t{line['points'] or '待评'} / {line['full']}\t{line['figures']}")
            self.say(f"\t{line['rule']}{line['reckoning']}")


def _results(round_: Round) -> list[dict[str, Any]]:
    """Organisation, total, rank among its kind, grade; in the order of the ranks."""
    rows = standings(round_).order_by("kind", "rank", "path")
    return [
        {
            "code": sheet.organization.code,
            "name": sheet.organization.name,
            "kind": sheet.kind,
            "total": None if sheet.total is None else str(sheet.total),
            "rank": sheet.rank,
            "grade": Grade(sheet.grade).label if sheet.grade else None,
            "ungraded": sheet.ungraded,
        }
        for sheet in rows.iterator(2000)
    ]
