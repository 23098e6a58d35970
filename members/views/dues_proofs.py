"""Receipts of what dues were spent on: one use with its files, added, opened, taken away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from members.actions import dues_uses as actions
from members.forms.dues import ProofForm
from members.models import DuesUse, DuesUseProof
from office.views.files import file_response


@need(Permission.VIEW_DUES)
def dues_use_proofs(request: Request, pk: int) -> HttpResponse:
    """One use of dues with its receipts; who keeps the dues adds one."""
    use: DuesUse = visible_or_404(DuesUse.objects.select_related("organization"), request, Permission.VIEW_DUES, pk=pk)
    is_post = request.method == "POST"
    if is_post:
        require(request, Permission.MANAGE_DUES, use.organization)
    form = ProofForm(request.POST if is_post else None, request.FILES if is_post else None)
    if is_post and form.is_valid():
        try:
            actions.add_proof(by=request.actor, use=use, upload=form.cleaned_data["upload"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已添加票据。")
            return redirect("members:dues_use_proofs", pk=pk)
    can_manage = not use.void_reason and request.scope.allows(Permission.MANAGE_DUES, use.organization)
    context = {"use": use, "proofs": use.proofs.select_related("file"), "form": form, "can_manage": can_manage}
    return render(request, "members/dues/use.html", context, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.VIEW_DUES)
def dues_use_proof(request: Request, pk: int) -> HttpResponseBase:
    """A receipt."""
    proof = _proof(request, pk)
    return file_response(request, proof.file, proof.name, inline=True)


@require_POST
@need(Permission.MANAGE_DUES)
def dues_use_proof_remove(request: Request, pk: int) -> HttpResponse:
    """Take away a receipt that was added by mistake."""
    proof = _proof(request, pk)
    require(request, Permission.MANAGE_DUES, proof.use.organization)
    try:
        actions.remove_proof(by=request.actor, proof=proof)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "已移除票据。")
    return redirect("members:dues_use_proofs", pk=proof.use_id)


def _proof(request: Request, pk: int) -> DuesUseProof:
    rows = DuesUseProof.objects.select_related("file", "use__organization")
    proof: DuesUseProof = visible_or_404(rows, request, Permission.VIEW_DUES, pk=pk)
    return proof
