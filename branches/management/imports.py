"""What the commands that import a workbook share."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from branches.actions.uploads import Importer, import_table, read
from branches.management.base import WRONG_USE, PortalCommand, actor_named, organization_coded
from branches.models import Organization
from branches.permissions import Actor
from branches.queries.access import scope_of
from branches.rules.uploads import ImportResult
from partybuild.lib import clock
from partybuild.lib.workbook import RowError, Table, write_error_report


class ImportCommand(PortalCommand):
    """Base of the commands that import a workbook: the same path as the pages."""

    takes_actor = True
    importer: Importer

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="文件", help="Excel 文件，.xlsx 或 .xls")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不导入")
        parser.add_argument("--report", metavar="OUT.xlsx", help="把未导入的行和原因写到这个文件")
        parser.add_argument("--under", metavar="编码", help="只导入到该编码的党组织及其下级")
        parser.add_argument("--all-or-nothing", action="store_true", help="有一行不合格时全部不导入")
        super().add_arguments(parser)

    def run(self, **options: Any) -> tuple[dict[str, Any], str]:
        """Read, judge and import; a bad file is told as an error of the whole."""
        by = actor_named(options["login"])
        under = _reached(by, self.importer, organization_coded(options["under"]))
        if not Path(options["file"]).is_file():
            raise CommandError(f"没有这个文件：{options['file']}", returncode=WRONG_USE)
        try:
            table = read(options["file"], self.importer)
        except ValidationError as error:
            reason = "".join(error.messages)
            return ImportResult(errors=[RowError("", 0, "", "", reason)]).as_dict(), reason
        result = import_table(
            by=by, importer=self.importer, table=table, under=under, all_or_nothing=options["all_or_nothing"],
            dry_run=options["dry_run"],
        )  # fmt: skip
        _write_report(options["report"], table, result)
        return result.as_dict(), self._tell(result, options["dry_run"])

    def _tell(self, result: ImportResult, is_dry: bool) -> str:
        counts = f"新增 {result.created}，更新 {result.updated}，没有变化 {result.unchanged}，未通过 {result.failed}"
        self.say(f"{'检查完毕' if is_dry else '导入完毕'}：{counts}。")
        for name, found in (("", result.errors), ("提示：", result.notes)):
            for error in found[:50]:
                self.say(f"{name}{error.sheet} 第 {error.row} 行 {error.column}：{error.reason}")
        return f"有 {result.failed} 行未通过。" if result.failed else ""


def _reached(by: Actor, importer: Importer, under: Organization | None) -> Organization | None:
    """Where the import may go: the organisation asked for, within what the account may change."""
    if by.user_id is None:
        return under
    scope = scope_of(by.user_id, clock.today())
    place = under or Organization.objects.filter(pk=by.organization_id or 0).first()
    if place is None or not scope.allows(importer.permission, place):
        raise ValidationError("该账号无权在此党组织导入。")
    return place


def _write_report(path: str | None, table: Table, result: ImportResult) -> None:
    if not path:
        return
    try:
        with Path(path).open("wb") as stream:
            write_error_report(stream, table, result.errors)
    except OSError as error:
        raise CommandError(f"无法写入 {path}。", returncode=WRONG_USE) from error
