"""``manage.py import_activities FILE``: a ledger of meetings from Excel."""

from branches.management.imports import ImportCommand
from campaigns.actions.activity_imports import IMPORTER


class Command(ImportCommand):
    help = "从 Excel 文件导入活动记录：合格的行导入，内容齐全的提交，其余存为草稿；不合格的行逐行说明原因"
    importer = IMPORTER
