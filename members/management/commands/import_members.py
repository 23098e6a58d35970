"""``manage.py import_members FILE``: a roster from Excel."""

from branches.management.imports import ImportCommand
from members.actions.imports import IMPORTER


class Command(ImportCommand):
    help = "从 Excel 文件导入党员名册：合格的行导入，不合格的行逐行说明原因"
    importer = IMPORTER
