"""``manage.py import_organizations FILE``: organisations from Excel."""

from branches.actions.imports import IMPORTER
from branches.management.imports import ImportCommand


class Command(ImportCommand):
    help = "从 Excel 文件导入党组织：合格的行导入，不合格的行逐行说明原因"
    importer = IMPORTER
