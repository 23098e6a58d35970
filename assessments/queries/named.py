"""Rounds and sheets as commands name them."""

from assessments.models import Round, Submission
from campaigns.rules.campaigns import year_of_code


class UnknownRoundError(Exception):
    """There is no round of that name, or more than one; the text is what the command says."""


def round_named(name: str, issuer_code: str = "") -> Round:
    """``SX-2026/2026H1``: the round of a campaign; ``issuer_code`` chooses where several issuers have one."""
    symbol, _, key = name.partition("/")
    code, year = year_of_code(symbol)
    if year is None or not key:
        raise UnknownRoundError(f"评估写作“活动代号-年度/评估期”，如 SX-2026/2026H1，现为“{name}”。")
    found = Round.objects.filter(scheme__campaign__code=code, scheme__campaign__year=year, key=key)
    if issuer_code:
        found = found.filter(scheme__campaign__issuer__code=issuer_code)
    rounds = list(found.select_related("scheme__campaign__issuer").order_by("pk")[:2])
    if not rounds:
        raise UnknownRoundError(f"没有“{name}”这次评估。请先用 run_cycle midyear 或在网页上开展评估。")
    if len(rounds) > 1:
        raise UnknownRoundError(f"有几个单位开展了“{name}”，请用 --issuer 指明发布单位的编码。")
    return rounds[0]


def sheet_of(round_: Round, organization_code: str) -> Submission:
    """The sheet of an organisation in a round, by the organisation's code."""
    sheets = Submission.objects.select_related("organization", "round__scheme__campaign__issuer")
    sheet = sheets.filter(round=round_, organization__code=organization_code).first()
    if sheet is None:
        raise UnknownRoundError(f"编码为 {organization_code} 的党组织不在这次评估中。")
    return sheet
