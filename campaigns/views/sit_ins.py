"""专职副书记列席会议 (O12): how many of the named meetings they sat in on."""

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from branches.permissions import Permission
from branches.views.access import Request, need
from branches.views.pages import Book, ListPage, export_list, show_list
from campaigns.forms.sit_ins import SitInFilterForm
from campaigns.queries.sit_ins import export_rows, sit_in_lines

COLUMNS = ("序号", "党组织", "姓名", "职务", "应列席会议", "已列席", "未列席的会议")
SIT_INS = ListPage(
    heading="专职副书记列席会议",
    template="campaigns/sit_ins/list.html",
    url_name="campaigns:sit_in_list",
    book=Book(url_name="campaigns:sit_in_export", columns=COLUMNS),
    none="还没有专职副书记",
    empty="在党务干部台账登记专职副书记后，按民主生活会、党委（党组）会议的记录统计列席情况。",
    nothing_found="没有符合条件的专职副书记",
)


@require_safe
@need(Permission.VIEW_WORK)
def sit_in_list(request: Request) -> HttpResponse:
    """The deputies in reach with the meetings of the year."""
    return show_list(request, SIT_INS, SitInFilterForm(request.scope, request.GET), sit_in_lines)


@require_safe
@need(Permission.VIEW_WORK)
def sit_in_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form = SitInFilterForm(request.scope, request.GET)
    return export_list(request, SIT_INS, form, sit_in_lines, export_rows)
