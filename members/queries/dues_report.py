"""The report on dues to the members' meeting: what was collected and what it was used for."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from branches.enums import OrganizationKind
from branches.models import Organization
from members.models import DuesEntry, DuesUse
from members.queries.dues import totals_of, uses_in
from members.rules.dues import month_text
from partybuild.lib.dates import day_text
from partybuild.lib.official import Heading, OfficialDocument, Paragraph, Table, write_document


def report_file(organization: Organization, year: int, today: date) -> bytes:
    """The report as .docx; names nobody who owes."""
    stream = BytesIO()
    write_document(stream, report_content(organization, year, today))
    return stream.getvalue()


def report_content(organization: Organization, year: int, today: date) -> OfficialDocument:
    """The report of a year up to today, of an organisation and all below it."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), today)
    entries = DuesEntry.objects.filter(
        organization__path__startswith=organization.path, month__gte=first, month__lte=last
    )
    totals, uses = totals_of(entries), uses_in(organization, first, last)
    spent = sum((use.amount for use in uses), Decimal(0))
    return OfficialDocument(
        kind="report",
        mark=organization.name,
        title=f"{organization.name}\n{year}年党费收缴、使用情况报告",
        date=today,
        addressee="各位党员" if organization.kind == OrganizationKind.BRANCH else "各党支部",
        signer=organization.name,
        blocks=(
            Paragraph(f"现将{day_text(first)}至{day_text(last)}党费收缴、使用情况报告如下。"),
            Heading(1, "收缴情况"),
            Paragraph(_collected(totals.people, totals.due, totals.paid, totals.owed)),
            _months(entries),
            Heading(1, "使用情况"),
            Paragraph(f"共使用 {len(uses)} 笔，{spent:,.2f} 元。" if uses else "本期没有使用党费。"),
            *([_uses(uses)] if uses else []),
            Paragraph("以上情况，请党员审议监督。"),
        ),
    )


def _collected(people: int, due: Decimal, paid: Decimal, owed: Decimal) -> str:
    left = f"尚欠 {owed:,.2f} 元，正在补缴。" if owed else "没有欠缴。"
    return f"应缴纳党费的党员 {people} 人，应缴 {due:,.2f} 元，实缴 {paid:,.2f} 元，{left}"


def _months(entries: object) -> Table:
    sums: dict[date, list[Decimal]] = {}
    for month, due, paid in entries.order_by("month").values_list("month", "due", "paid"):  # type: ignore[attr-defined]
        row = sums.setdefault(month, [Decimal(0), Decimal(0), Decimal(0)])
        row[0], row[1], row[2] = row[0] + 1, row[1] + due, row[2] + paid
    rows = [(month_text(month), str(row[0]), f"{row[1]:,.2f}", f"{row[2]:,.2f}") for month, row in sums.items()]
    return Table(
        "各月收缴情况", ("月份", "人数", "应缴（元）", "实缴（元）"), rows, ("left", "right", "right", "right")
    )


def _uses(uses: list[DuesUse]) -> Table:
    rows = [(day_text(use.used_on), use.purpose, f"{use.amount:,.2f}", _voucher(use)) for use in uses]
    return Table("使用明细", ("日期", "用途", "金额（元）", "凭证"), rows, ("left", "left", "right", "left"))


def _voucher(use: DuesUse) -> str:
    """The voucher, and how many receipts are kept with it."""
    count = len(use.proofs.all())
    return f"{use.evidence}（附票据 {count} 份）" if count else use.evidence
