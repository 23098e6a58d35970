"""The monthly bulletin (月调度纪要): drafted from the closed figures, once a month and issuer. Source: Y01, X09."""

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.models import Organization
from branches.permissions import Actor
from desk.queries.bulletins import is_unclosed, report_of
from desk.rules.bulletins import bulletin
from office.actions.documents import draft_document, redraft_document
from office.actions.runs import request_run
from office.enums import DocumentKind, Job
from office.models import Document
from partybuild.lib import clock, periods
from partybuild.lib.official import OfficialDocument
from partybuild.lib.periods import Period


@transaction.atomic
def draft_monthly_bulletin(*, by: Actor, month: Period, issuer: Organization) -> Document:
    """The bulletin of a month: drafted when it is not there yet, else the one that is there, whatever became of it.

    All numbers are those of the closing; a month that is not closed is refused.
    """
    content = _content(issuer, month)
    run = request_run(by=by, job=Job.BULLETIN, period=month.key)
    return draft_document(by=by, issuer=issuer, kind=DocumentKind.MINUTES, content=content, run=run)


@transaction.atomic
def redraft_monthly_bulletin(*, by: Actor, document: Document) -> Document:
    """Write a draft anew from the figures as they are closed now; refused once it has been checked."""
    if document.run is None or document.run.job != Job.BULLETIN:
        raise ValidationError("该公文不是月调度纪要，不能重新起草。")
    return redraft_document(
        by=by, document=document, content=_content(document.issuer, periods.parse(document.run.period))
    )


def _content(issuer: Organization, month: Period) -> OfficialDocument:
    if is_unclosed(issuer, month):
        raise ValidationError(f"{periods.label(month)}尚未结账，结账后才能起草纪要。")
    today = clock.today()
    return bulletin(report_of(issuer, month, today), today)
